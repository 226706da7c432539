package dev.engram.trainer;

import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.store.ObjectStore;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** A run in this process whose artifacts are folders. Runs that share a root folder see each other's artifacts. */
public final class FolderRun extends FolderRunContext {
    private final Path root;
    private final Map<String, RunSpec> specs;
    private final Map<String, ResolvedPair> pairs;
    private final Map<String, ObjectStore> buckets = new HashMap<>();
    private long calls;
    private long stopAtCall = Long.MAX_VALUE;
    private Run.State stopTarget = Run.State.PAUSED;
    private LongPredicate killAfterResumePoint = step -> false;

    public final Map<String, TreeMap<Long, Double>> series = new TreeMap<>();

    private FolderRun(Path root, String id, RunSpec spec, Map<String, RunSpec> specs, Map<String, ResolvedPair> pairs) {
        super(root.resolve(id), id, spec, specs, pairs);
        this.root = root;
        this.specs = specs;
        this.pairs = pairs;
        specs.put(id, spec);
    }

    /** The first run below {@code root}. */
    public static FolderRun in(Path root, String id, RunSpec spec) {
        return new FolderRun(root, id, spec, new HashMap<>(), new HashMap<>());
    }

    /** Another run that sees what this one made. */
    public FolderRun next(String nextId, RunSpec nextSpec) {
        return new FolderRun(root, nextId, nextSpec, specs, pairs);
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
        attempt(task);
        return this;
    }

    /** Runs go by their ids here, whatever they make. */
    @Override
    public RunSpec specOf(String resource) {
        return super.specOf(idOf(resource));
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
    public ObjectStore bucket(String name) {
        return buckets.containsKey(name) ? buckets.get(name) : super.bucket(name);
    }

    @Override
    public void metric(long step, String name, double value) {
        series.computeIfAbsent(name, key -> new TreeMap<>()).putIfAbsent(step, value);
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
    public void saveResumePoint(long step, Map<String, Path> files) {
        super.saveResumePoint(step, files);
        if (killAfterResumePoint.test(step)) {
            throw new Death();
        }
    }

    private static String idOf(String resource) {
        return resource.substring(resource.indexOf('/') + 1);
    }
}
