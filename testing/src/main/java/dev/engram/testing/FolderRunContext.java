package dev.engram.testing;

import static java.util.Objects.requireNonNull;

import dev.engram.runs.EngramVersion;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.v1.LogEntry;
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

/**
 * A run in this process that reads and writes folders: a task's world without a store, a catalogue or a worker. What an attempt publishes, and its
 * resume points, are there for the next one. When it is stopped or dies is its subclasses' to say.
 */
public abstract class FolderRunContext implements RunContext {
    /** Ends an attempt as a killed process would: in the middle, with nothing but the resume points left. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Path folder;
    private final String id;
    private final RunSpec spec;
    private final Map<String, RunSpec> specs;
    private final Map<String, ResolvedPair> pairs;

    public final List<String> log = new ArrayList<>();
    public final List<String> stages = new ArrayList<>();
    public final List<Long> resumePoints = new ArrayList<>();
    /** The version of Engram that resume points are said to be of. */
    public Optional<String> savedBy = Optional.of(EngramVersion.current());

    /**
     * @param folder of this run alone
     * @param specs of other resources by name; may grow
     * @param pairs by name; may grow
     */
    protected FolderRunContext(Path folder, String id, RunSpec spec, Map<String, RunSpec> specs, Map<String, ResolvedPair> pairs) {
        this.folder = requireNonNull(folder, "folder");
        this.id = requireNonNull(id, "id");
        this.spec = requireNonNull(spec, "spec");
        this.specs = requireNonNull(specs, "specs");
        this.pairs = requireNonNull(pairs, "pairs");
    }

    /** A run that knows one pair. */
    protected FolderRunContext(Path folder, RunSpec spec, ResolvedPair pair) {
        this(folder, "run", spec, new HashMap<>(), Map.of(pair.name(), pair));
    }

    /** There is a resource that this made. */
    protected final void know(String resource, RunSpec maker) {
        specs.put(resource, maker);
    }

    /** A new attempt, in an empty scratch directory. */
    protected final void attempt(RunTask task) throws Exception {
        empty(scratch());
        task.execute(this);
    }

    /** Folder of an artifact this run has published; absent if it has not. */
    public final Path artifact(String role) {
        return folder.resolve(role);
    }

    @Override
    public final String runId() {
        return id;
    }

    @Override
    public final RunSpec spec() {
        return spec;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public final Path scratch() {
        return folder.resolve("scratch");
    }

    @Override
    public final ResolvedPair pair(String name) {
        return Optional.ofNullable(pairs.get(name)).orElseThrow(() -> RunFailure.invalidSpec("no such pair: " + name));
    }

    @Override
    public RunSpec specOf(String resource) {
        return Optional.ofNullable(specs.get(resource)).orElseThrow(() -> RunFailure.invalidSpec("no such resource: " + resource));
    }

    @Override
    public Optional<String> versionOf(String resource) {
        return Optional.of(EngramVersion.current());
    }

    @Override
    public final Path download(String object, LongConsumer copied) {
        throw RunFailure.invalidSpec(object + " does not exist");
    }

    @Override
    public void progress(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        if (stages.isEmpty() || !stages.getLast().equals(stage)) {
            stages.add(stage);
        }
    }

    @Override
    public void metric(long step, String name, double value) {}

    @Override
    public final void log(LogEntry.Severity severity, String message) {
        log.add(severity + " " + message);
    }

    @Override
    public final Optional<ResumePoint> resumePoint() {
        Path step = folder.resolve("resume-step");
        try {
            return Files.exists(step)
                    ? Optional.of(new ResumePoint(Long.parseLong(Files.readString(step)), folder.resolve("resume"), savedBy))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void saveResumePoint(long step, Map<String, Path> files) {
        copy(files, folder.resolve("resume"));
        try {
            Files.writeString(folder.resolve("resume-step"), Long.toString(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resumePoints.add(step);
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        copy(files, artifact(role));
    }

    /** As of a run that has ended: no resume point is left. */
    protected final void forgetResumePoint() throws IOException {
        Files.deleteIfExists(folder.resolve("resume-step"));
    }

    private static void copy(Map<String, Path> files, Path target) {
        empty(target);
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Files.copy(file.getValue(), target.resolve(file.getKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void empty(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> paths = Files.walk(directory)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
