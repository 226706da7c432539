package dev.engram.metrics.task;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A run in this process over folders: inputs of a pair, resume points and results of its own. */
public final class FolderRun extends FolderRunContext {
    private final TinyPair inputs;
    private final Map<String, ResolvedPair> pairs;
    private final Map<String, Path> others = new HashMap<>();
    private long killAt = Long.MAX_VALUE;
    private long stopAt = Long.MAX_VALUE;
    private Run.State stopTo = Run.State.PAUSED;
    private long measured;

    public final Map<String, Path> published = new HashMap<>();

    public FolderRun(Path folder, TinyPair inputs, RunSpec spec) {
        this(folder, inputs, spec, new HashMap<>(Map.of(TinyPair.PAIR.name(), TinyPair.PAIR)));
    }

    private FolderRun(Path folder, TinyPair inputs, RunSpec spec, Map<String, ResolvedPair> pairs) {
        super(folder, "run", spec, new HashMap<>(), pairs);
        this.inputs = inputs;
        this.pairs = pairs;
    }

    /** There is another pair, whose encoders are read as {@link #reading} says. */
    public FolderRun knowing(ResolvedPair pair) {
        pairs.put(pair.name(), pair);
        return this;
    }

    /** What another run has published is read under this name. */
    public FolderRun reading(String resource, Path artifact) {
        others.put(resource, artifact);
        return this;
    }

    /** The process dies when that many images have been measured. */
    public FolderRun killAt(long images) {
        killAt = images;
        return this;
    }

    /** The run is asked to stop when that many images have been measured. */
    public FolderRun stopAt(long images, Run.State target) {
        stopAt = images;
        stopTo = target;
        return this;
    }

    /** There is a run or resource of this spec; its files are where the inputs' folder says. */
    public FolderRun knowing(String resource, RunSpec made) {
        know(resource, made);
        return this;
    }

    public FolderRun execute(RunTask task) throws Exception {
        measured = 0;
        attempt(task);
        return this;
    }

    /** The bytes of a published file. */
    public byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(published.get(file));
    }

    @Override
    public Path input(String resource) {
        return others.containsKey(resource) ? others.get(resource) : inputs.folder(resource);
    }

    @Override
    public void progress(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        super.progress(stage, done, total, unit, metrics);
        if (stage.startsWith("measuring") || stage.startsWith("probing")) {
            measured = done;
        }
        if (measured >= killAt) {
            killAt = Long.MAX_VALUE;
            throw new Death();
        }
    }

    @Override
    public boolean stopRequested() {
        return measured >= stopAt;
    }

    @Override
    public void checkStop() {
        if (stopRequested()) {
            stopAt = Long.MAX_VALUE;
            throw new RunStopped(stopTo);
        }
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        super.publish(role, kind, files);
        files.keySet().forEach(name -> published.put(name, artifact(role).resolve(name)));
    }
}
