package dev.engram.attack.run;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.util.Map;

/** A run whose store is a folder: resources by name below {@code inputs}, resume points and results beside them. */
public final class ScratchRun extends FolderRunContext {
    private final Path root;
    private int looksLeft = Integer.MAX_VALUE;
    private long deathAfter = -1;

    long lastDone;
    long lastTotal;

    public ScratchRun(Path root, ResolvedPair pair, RunSpec spec) {
        super(root, spec, pair);
        this.root = root;
    }

    /** Where a resource's files are to be put. */
    public static Path input(Path root, String resource) {
        return root.resolve("inputs").resolve(resource);
    }

    public ScratchRun with(String resource, RunSpec maker) {
        know(resource, maker);
        return this;
    }

    /** Asks the task to pause after that many looks. */
    ScratchRun stopAfter(int looks) {
        looksLeft = looks;
        return this;
    }

    /** The process dies when the resume point of that step has been saved. */
    ScratchRun dieAfter(long step) {
        deathAfter = step;
        return this;
    }

    /** A run that ends well leaves no resume point. */
    public ScratchRun execute(RunTask task) throws Exception {
        attempt(task);
        forgetResumePoint();
        return this;
    }

    /** What it has published. */
    public Path result() {
        return artifact("result");
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    public Path input(String resource) {
        return input(root, resource);
    }

    @Override
    public void progress(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        super.progress(stage, done, total, unit, metrics);
        if (unit.equals("image") && total > 0) {
            lastDone = done;
            lastTotal = total;
        }
    }

    @Override
    public boolean stopRequested() {
        return --looksLeft < 0;
    }

    @Override
    public void checkStop() {
        if (stopRequested()) {
            throw new RunStopped(Run.State.PAUSED);
        }
    }

    @Override
    public void saveResumePoint(long step, Map<String, Path> files) {
        super.saveResumePoint(step, files);
        if (step == deathAfter) {
            throw new Death();
        }
    }
}
