package dev.engram.metrics.task;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A run in this process over folders: inputs of a pair, resume points and results of its own. */
public final class FolderRun implements RunContext {
    /** Ends an attempt as a killed process would: in the middle, with nothing but the resume points left. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Path folder;
    private final TinyPair inputs;
    private final RunSpec spec;
    private final Map<String, RunSpec> specs = new HashMap<>();
    private Optional<ResumePoint> resumePoint = Optional.empty();
    private long killAt = Long.MAX_VALUE;
    private long stopAt = Long.MAX_VALUE;
    private Run.State stopTo = Run.State.PAUSED;
    private long measured;
    private int attempt;

    private final Map<String, Path> others = new HashMap<>();

    public final List<Long> resumePoints = new ArrayList<>();
    public final List<String> stages = new ArrayList<>();
    public final List<String> log = new ArrayList<>();
    public final Map<String, Path> published = new HashMap<>();

    public FolderRun(Path folder, TinyPair inputs, RunSpec spec) {
        this.folder = folder;
        this.inputs = inputs;
        this.spec = spec;
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
        specs.put(resource, made);
        return this;
    }

    public FolderRun execute(RunTask task) throws Exception {
        attempt++;
        measured = 0;
        Files.createDirectories(scratch());
        task.execute(this);
        return this;
    }

    /** The bytes of a published file. */
    public byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(published.get(file));
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
        return 1;
    }

    @Override
    public Path scratch() {
        return folder.resolve("scratch-" + attempt);
    }

    @Override
    public ResolvedPair pair(String pair) {
        if (!pair.equals(TinyPair.PAIR.name())) {
            throw RunFailure.invalidSpec("no such pair: " + pair);
        }
        return TinyPair.PAIR;
    }

    @Override
    public RunSpec specOf(String resource) {
        if (!specs.containsKey(resource)) {
            throw RunFailure.invalidSpec(resource + " does not exist");
        }
        return specs.get(resource);
    }

    @Override
    public Path input(String resource) {
        return others.containsKey(resource) ? others.get(resource) : inputs.folder(resource);
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
        if (stage.startsWith("measuring") || stage.startsWith("probing")) {
            measured = done;
        }
        if (measured >= killAt) {
            killAt = Long.MAX_VALUE;
            throw new Killed();
        }
    }

    @Override
    public void metric(long step, String name, double value) {}

    @Override
    public void log(LogEntry.Severity severity, String message) {
        log.add(message);
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
    public Optional<ResumePoint> resumePoint() {
        return resumePoint;
    }

    @Override
    public void saveResumePoint(long step, Map<String, Path> files) {
        Path directory = folder.resolve("resume-" + resumePoints.size());
        copy(files, directory);
        resumePoints.add(step);
        resumePoint = Optional.of(new ResumePoint(step, directory));
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        Path directory = folder.resolve(role + "-" + attempt);
        copy(files, directory);
        files.keySet().forEach(name -> published.put(name, directory.resolve(name)));
    }

    /** The folder of what the latest attempt published in a role. */
    public Path folder(String role) {
        return folder.resolve(role + "-" + attempt);
    }

    private static void copy(Map<String, Path> files, Path directory) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Files.copy(file.getValue(), directory.resolve(file.getKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
