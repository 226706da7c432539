package dev.engram.runs.worker;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.EngramVersion;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResourceName;
import dev.engram.runs.Resources;
import dev.engram.runs.ResumePoint;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.store.DataLossException;
import dev.engram.store.LocalFiles;
import dev.engram.store.NamedObjects;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.Store;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreException;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The world as a task sees it from a worker. */
final class WorkerContext implements RunContext {
    private static final int KEPT_RESUME_POINTS = 2;
    private static final int ROUNDS = 10;
    private static final Map<String, String> MAIN_ROLES = Map.of("datasets", "dataset", "splits", "split", "encoders", "checkpoint", "runs", "result");

    private final Store store;
    private final Resources resources;
    private final RunRecord run;
    private final RunSpec spec;
    private final int threads;
    private final ComputeDevice device;
    private final Path scratch;
    private final Patience patience;
    private final Heartbeats heartbeats;
    private final ProgressMeter meter;
    private final Outbox outbox;
    private final Map<String, Path> inputs = new HashMap<>();
    private Optional<ResumePoint> resumePoint;

    WorkerContext(
            Store store,
            RunRecord run,
            RunSpec spec,
            int threads,
            ComputeDevice device,
            Path scratch,
            Patience patience,
            Heartbeats heartbeats,
            ProgressMeter meter,
            Outbox outbox) {
        this.store = store;
        this.resources = new Resources(store.catalogue());
        this.run = run;
        this.spec = spec;
        this.threads = threads;
        this.device = device;
        this.scratch = scratch;
        this.patience = patience;
        this.heartbeats = heartbeats;
        this.meter = meter;
        this.outbox = outbox;
    }

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public RunSpec spec() {
        return spec;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public ComputeDevice device() {
        return device;
    }

    @Override
    public Path scratch() {
        return scratch.resolve("task");
    }

    @Override
    public ResolvedPair pair(String pair) {
        return named(pair, () -> resources.pair(pair));
    }

    @Override
    public RunSpec specOf(String resource) {
        return named(resource, () -> resources.spec(resource));
    }

    @Override
    public Optional<String> versionOf(String resource) {
        return named(resource, () -> resources.maker(resource)).engramVersion();
    }

    private <T> T named(String resource, Supplier<T> lookUp) {
        try {
            return patiently(lookUp);
        } catch (ObjectNotFoundException e) {
            throw RunFailure.invalidSpec(resource + " does not exist");
        }
    }

    @Override
    public synchronized Path input(String resource) {
        return inputs.computeIfAbsent(resource, this::fetch);
    }

    @Override
    public ObjectStore bucket(String name) {
        return store.objects().bucket(name);
    }

    private Path fetch(String resource) {
        RunRecord maker = named(resource, () -> resources.maker(resource));
        ResourceName name = ResourceName.parse(resource).orElseThrow();
        String role = MAIN_ROLES.get(name.collection());
        Path directory = scratch.resolve("inputs").resolve(name.collection() + "-" + name.id());
        return patiently(() -> {
            String id = store.catalogue().artifacts().madeBy(maker.id(), role)
                    .orElseThrow(() -> RunFailure.invalidSpec(resource + " is not ready: runs/" + maker.id() + " has made no " + role));
            LocalCopies.checkOut(openMade(maker, role, id), directory);
            store.catalogue().artifacts().use(run.id(), role, id);
            return directory;
        });
    }

    private Artifact openMade(RunRecord maker, String role, String id) {
        try {
            return store.artifacts().open(id);
        } catch (ObjectNotFoundException e) {
            throw DataLossException.missing("artifacts/" + id + ".json", "runs/" + maker.id() + " as its " + role, e);
        }
    }

    @Override
    public Path download(String object, LongConsumer copied) {
        try {
            Path target = Files.createDirectories(scratch.resolve("downloads")).resolve("object");
            patiently(() -> new NamedObjects(store.objects()).copy(object, target, copied));
            return target;
        } catch (ObjectNotFoundException e) {
            throw RunFailure.invalidSpec(object + " does not exist");
        } catch (StoreRefusedException e) {
            // The store is there and says no: it will not say yes to the same name later.
            throw RunFailure.invalidSpec(object + ": " + e.getMessage());
        } catch (IOException e) {
            throw LocalFiles.failure(scratch, e);
        }
    }

    @Override
    public void progress(String stage, long done, long total, String unit, Map<String, Double> metrics) {
        meter.report(stage, done, total, unit, metrics);
    }

    @Override
    public void metric(long step, String name, double value) {
        outbox.metric(step, name, value);
    }

    @Override
    public void log(LogEntry.Severity severity, String message) {
        outbox.log(severity, message);
    }

    @Override
    public boolean stopRequested() {
        return heartbeats.requested().isPresent();
    }

    @Override
    public void checkStop() {
        heartbeats.requested().ifPresent(target -> {
            throw new RunStopped(target);
        });
    }

    @Override
    public synchronized Optional<ResumePoint> resumePoint() {
        if (resumePoint == null) {
            resumePoint = findResumePoint();
        }
        return resumePoint;
    }

    /** The latest that can be read: one that is damaged costs the way from the one before, not the run. */
    private Optional<ResumePoint> findResumePoint() {
        for (var point : patiently(() -> store.catalogue().resumePoints().list(run.id()))) {
            Path directory = scratch.resolve("resume-" + point.step());
            try {
                patiently(() -> {
                    LocalCopies.checkOut(store.artifacts().open(point.artifactId()), directory);
                    return directory;
                });
                log(LogEntry.Severity.INFO, "goes on from the resume point at " + point.step());
                point.engramVersion().filter(saved -> !saved.equals(EngramVersion.current())).ifPresent(saved -> log(LogEntry.Severity.WARNING,
                        "that was saved by Engram " + saved + ", and this is " + EngramVersion.current() + ": the result may differ in bits from that of an uninterrupted run"));
                return Optional.of(new ResumePoint(point.step(), directory, point.engramVersion()));
            } catch (DataLossException | ObjectNotFoundException e) {
                log(LogEntry.Severity.WARNING, "the resume point at " + point.step() + " cannot be used: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public void saveResumePoint(long step, Map<String, Path> files) {
        keep("resume-point", files, id -> {
            outbox.sendPoints(store.catalogue(), run.id());
            store.catalogue().resumePoints().add(run.claim(), step, id);
        });
        try {
            store.deletions().trimResumePoints(run.id(), KEPT_RESUME_POINTS);
        } catch (StoreException e) {
            log(LogEntry.Severity.WARNING, "older resume points stay for now: " + e.getMessage());
        }
    }

    @Override
    public void publish(String role, String kind, Map<String, Path> files) {
        keep(kind, files, id -> store.catalogue().artifacts().link(run.claim(), role, id).ifPresent(earlier -> log(LogEntry.Severity.WARNING,
                "what it made as " + role + " is not the same to the bit as what an earlier attempt had made, artifacts/" + earlier + "; this one counts")));
    }

    /**
     * Stores an artifact and refers to it. Until then it is nobody's: another run that made the same bytes may be deleted or trimmed in between, and
     * takes them along. Then they are stored again.
     */
    private void keep(String kind, Map<String, Path> files, Consumer<String> refer) {
        for (int round = 1; ; round++) {
            String id = patiently(() -> commit(kind, files));
            try {
                patiently(() -> {
                    refer.accept(id);
                    return id;
                });
                return;
            } catch (ObjectNotFoundException deleted) {
                if (round == ROUNDS) {
                    throw deleted;
                }
            }
        }
    }

    private String commit(String kind, Map<String, Path> files) {
        try (var draft = store.artifacts().draft(kind)) {
            LocalCopies.add(draft, files);
            return draft.commit().id();
        }
    }

    private <T> T patiently(Supplier<T> action) {
        return patience.call(action, reason -> {
            log(LogEntry.Severity.WARNING, reason.getMessage() + "; waiting");
            checkStop();
        });
    }
}
