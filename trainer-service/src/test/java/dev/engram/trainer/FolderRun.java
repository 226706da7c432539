package dev.engram.trainer;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.store.ObjectStore;
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
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A run in this process whose artifacts are folders: a task's world without a store, a catalogue or a worker. Runs that share a
 * root folder see each other's artifacts.
 */
public final class FolderRun implements RunContext {
    private final Path root;
    private final String id;
    private final RunSpec spec;
    private final Map<String, RunSpec> specs;
    private final Map<String, ResolvedPair> pairs;
    private long calls;
    private long stopAtCall = Long.MAX_VALUE;
    private Run.State stopTarget = Run.State.PAUSED;
    private LongPredicate killAfterResumePoint = step -> false;

    public final Map<String, TreeMap<Long, Double>> series = new TreeMap<>();
    private final Map<String, ObjectStore> buckets = new HashMap<>();

    public final List<String> log = new ArrayList<>();
    public final List<String> stages = new ArrayList<>();
    public final List<Long> resumePoints = new ArrayList<>();

    private FolderRun(
            Path root, String id, RunSpec spec, Map<String, RunSpec> specs, Map<String, ResolvedPair> pairs) {
        this.root = root;
        this.id = id;
        this.spec = spec;
        this.specs = specs;
        this.pairs = pairs;
    }

    /** The first run below {@code root}. */
    public static FolderRun in(Path root, String id, RunSpec spec) {
        return new FolderRun(root, id, spec, new HashMap<>(), new HashMap<>()).known();
    }

    /** Another run that sees what this one made. */
    public FolderRun next(String nextId, RunSpec nextSpec) {
        return new FolderRun(root, nextId, nextSpec, specs, pairs).known();
    }

    public FolderRun with(ResolvedPair pair) {
        pairs.put(pair.name(), pair);
        return this;
    }

    /** A bucket that this run reaches. */
    public FolderRun with(String bucket, ObjectStore objects) {
        buckets.put(bucket, objects);
        return this;
    }

    @Override
    public ObjectStore bucket(String name) {
        return buckets.containsKey(name) ? buckets.get(name) : RunContext.super.bucket(name);
    }

    private FolderRun known() {
        spec.getTaskCase();
        specs.put(id, spec);
        return this;
    }

    /** Asks the task to stop from its {@code call}-th look at {@link #stopRequested} or {@link #checkStop} on. */
    public FolderRun stopAt(long call, Run.State target) {
        stopAtCall = call;
        stopTarget = target;
        return this;
    }

    /** Throws an error out of {@link #saveResumePoint} after those steps, as if the process had ended there. */
    public FolderRun dieAfter(LongPredicate step) {
        killAfterResumePoint = step;
        return this;
    }

    public FolderRun execute(RunTask task) throws Exception {
        Path scratch = scratch();
        if (Files.exists(scratch)) {
            delete(scratch);
        }
        Files.createDirectories(scratch);
        task.execute(this);
        return this;
    }

    /** Folder of an artifact this run published. */
    public Path artifact(String role) {
        return root.resolve(id).resolve(role);
    }

    @Override
    public String runId() {
        return id;
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
        return root.resolve(id).resolve("scratch");
    }

    @Override
    public ResolvedPair pair(String pair) {
        return Optional.ofNullable(pairs.get(pair)).orElseThrow(() -> RunFailure.invalidSpec("no such pair: " + pair));
    }

    @Override
    public RunSpec specOf(String resource) {
        return Optional.ofNullable(specs.get(idOf(resource)))
                .orElseThrow(() -> RunFailure.invalidSpec("no such resource: " + resource));
    }

    @Override
    public Path input(String resource) {
        String role = switch (resource.substring(0, resource.indexOf('/'))) {
            case "datasets" -> "dataset";
            case "splits" -> "split";
            case "encoders" -> "checkpoint";
            default -> throw new IllegalArgumentException(resource);
        };
        return root.resolve(idOf(resource)).resolve(role);
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
    }

    @Override
    public void metric(long step, String name, double value) {
        series.computeIfAbsent(name, key -> new TreeMap<>()).putIfAbsent(step, value);
    }

    @Override
    public void log(LogEntry.Severity severity, String message) {
        log.add(severity + " " + message);
    }

    @Override
    public boolean stopRequested() {
        return ++calls >= stopAtCall;
    }

    @Override
    public void checkStop() {
        if (stopRequested()) {
            throw new RunStopped(stopTarget);
        }
    }

    @Override
    public Optional<ResumePoint> resumePoint() {
        Path folder = root.resolve(id).resolve("resume");
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
        copy(files, root.resolve(id).resolve("resume"));
        try {
            Files.writeString(root.resolve(id).resolve("resume").resolve("step"), Long.toString(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resumePoints.add(step);
        if (killAfterResumePoint.test(step)) {
            throw new Death();
        }
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        copy(files, artifact(role));
    }

    private static void copy(Map<String, Path> files, Path folder) {
        try {
            if (Files.exists(folder)) {
                delete(folder);
            }
            Files.createDirectories(folder);
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Files.copy(file.getValue(), folder.resolve(file.getKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String idOf(String resource) {
        return resource.substring(resource.indexOf('/') + 1);
    }

    /** The process of the run ended here. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
