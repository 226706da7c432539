package dev.engram.attack.run;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A run whose store is a folder: resources by name below {@code inputs}, resume points and results beside them. */
final class ScratchRun implements RunContext {
    /** Thrown out of {@link #saveResumePoint}, as if the process had ended there. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Path root;
    private final RunSpec spec;
    private final ResolvedPair pair;
    private final Map<String, RunSpec> specs = new HashMap<>();
    private int looksLeft = Integer.MAX_VALUE;
    private long deathAfter = -1;

    final List<String> log = new ArrayList<>();
    final List<String> stages = new ArrayList<>();
    long lastDone;
    long lastTotal;

    ScratchRun(Path root, ResolvedPair pair, RunSpec spec) {
        this.root = root;
        this.pair = pair;
        this.spec = spec;
    }

    /** Where a resource's files are to be put. */
    static Path input(Path root, String resource) {
        return root.resolve("inputs").resolve(resource);
    }

    ScratchRun with(String resource, RunSpec maker) {
        specs.put(resource, maker);
        return this;
    }

    /** Asks the task to pause after that many looks. */
    ScratchRun stopAfter(int looks) {
        looksLeft = looks;
        return this;
    }

    ScratchRun dieAfter(long step) {
        deathAfter = step;
        return this;
    }

    /** A new attempt, in an empty scratch directory. A run that ends well leaves no resume point. */
    ScratchRun execute(RunTask task) throws Exception {
        delete(scratch());
        Files.createDirectories(scratch());
        task.execute(this);
        delete(root.resolve("resume"));
        return this;
    }

    Path result() {
        return root.resolve("result");
    }

    @Override
    public String runId() {
        return "run";
    }

    @Override
    public RunSpec spec() {
        return spec;
    }

    @Override
    public int threads() {
        return 2;
    }

    @Override
    public Path scratch() {
        return root.resolve("scratch");
    }

    @Override
    public ResolvedPair pair(String name) {
        if (!name.equals(pair.name())) {
            throw RunFailure.invalidSpec("no such pair: " + name);
        }
        return pair;
    }

    @Override
    public RunSpec specOf(String resource) {
        return Optional.ofNullable(specs.get(resource))
                .orElseThrow(() -> RunFailure.invalidSpec("no such resource: " + resource));
    }

    @Override
    public Path input(String resource) {
        return input(root, resource);
    }

    @Override
    public Path download(String object, LongConsumer copied) {
        throw RunFailure.invalidSpec(object + " does not exist");
    }

    @Override
    public void progress(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        if (stages.isEmpty() || !stages.getLast().equals(stage)) {
            stages.add(stage);
        }
        if (unit.equals("image") && total > 0) {
            lastDone = done;
            lastTotal = total;
        }
    }

    @Override
    public void metric(long step, String name, double value) {}

    @Override
    public void log(LogEntry.Severity severity, String message) {
        log.add(severity + " " + message);
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
    public Optional<ResumePoint> resumePoint() {
        Path folder = root.resolve("resume");
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ResumePoint(Long.parseLong(Files.readString(folder.resolve("step"))), folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void saveResumePoint(long step, Map<String, Path> files) {
        try {
            copy(files, root.resolve("resume"));
            Files.writeString(root.resolve("resume/step"), Long.toString(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (step == deathAfter) {
            throw new Death();
        }
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        try {
            copy(files, root.resolve(role));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Map<String, Path> files, Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.copy(file.getValue(), folder.resolve(file.getKey()));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
