package dev.engram.runs.worker;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.EngramVersion;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStopped;
import dev.engram.runs.RunTask;
import dev.engram.runs.RunTasks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.launch.CudaDriver;
import dev.engram.runs.launch.DeviceSetting;
import dev.engram.store.BlobStore;
import dev.engram.store.LocalFiles;
import dev.engram.store.Store;
import dev.engram.store.StoreException;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Executes one attempt at one run, from claim to recorded outcome. */
final class Worker {
    private final Store store;
    private final RunTasks tasks;
    private final WorkerSettings settings;
    private final String name;
    private final IntConsumer leave;
    private final Patience patience;
    private final ComputeDevice device;

    /**
     * @param name of this process in the catalogue, host:pid
     * @param leave ends the process at once with an exit code
     */
    Worker(Store store, RunTasks tasks, WorkerSettings settings, String name, IntConsumer leave) {
        this.store = store;
        this.tasks = tasks;
        this.settings = settings;
        this.name = name;
        this.leave = leave;
        this.patience = new Patience(settings.patience(), System::nanoTime, Thread::sleep);
        this.device = DeviceSetting.describe(settings.device(), CudaDriver.ofThisMachine());
    }

    /** Returns the exit code, see {@link WorkerExit}. */
    int execute(String runId) {
        try {
            Optional<RunRecord> claimed = patience.call(() -> claim(runId), Worker::tell);
            if (claimed.isEmpty()) {
                System.err.println("runs/" + runId + " is not queued for attempt " + settings.attempt());
                return WorkerExit.NOT_MINE;
            }
            return execute(claimed.get());
        } catch (RunFailure | StoreException e) {
            // The catalogue is away, full or closed to this worker: there is nobody to tell but the service that reads this.
            System.err.println(e.getMessage());
            return WorkerExit.UNREACHABLE;
        }
    }

    /** If the answer to a successful claim was lost, the next try finds the run claimed by this very worker. */
    private Optional<RunRecord> claim(String runId) {
        return store.catalogue().runs().claim(runId, settings.attempt(), name, device.toString(), EngramVersion.current()).or(() -> store.catalogue().runs().find(runId)
                .filter(run -> run.state() == Run.State.RUNNING && run.attempt() == settings.attempt())
                .filter(run -> run.worker().filter(name::equals).isPresent()));
    }

    private int execute(RunRecord run) {
        ProgressMeter meter = new ProgressMeter(System::nanoTime);
        Outbox outbox = new Outbox();
        try (Heartbeats heartbeats = new Heartbeats(store.catalogue(), run.claim(), meter, outbox,
                settings.heartbeat(), settings.patience(), System::nanoTime, leave).start()) {
            outbox.log(LogEntry.Severity.INFO, "attempt %d begins on %s, computing on %s".formatted(run.attempt(), name, device));
            StateChange outcome = told(perform(run, meter, outbox, heartbeats));
            patience.call(() -> {
                heartbeats.sendAll();
                return run;
            }, Worker::tell);
            // The heart beats on while the outcome waits for a catalogue that is away, and stops in the moment it is recorded.
            return patience.call(() -> record(run, outcome, heartbeats), Worker::tell);
        }
    }

    private static StateChange told(StateChange outcome) {
        return outcome.telling(outcome.error().map(RunError::getMessage).orElse(outcome.to().toString().toLowerCase(Locale.ROOT)));
    }

    private int record(RunRecord run, StateChange outcome, Heartbeats heartbeats) {
        if (heartbeats.last(() -> store.catalogue().runs().release(run.claim(), outcome)).isEmpty()) {
            return WorkerExit.NOT_MINE;
        }
        if (outcome.to() == Run.State.SUCCEEDED) {
            forgetResumePoints(run.id());
        }
        return WorkerExit.DONE;
    }

    /** What has succeeded is never taken up again, and the state of a training is many times the size of its encoder. */
    private void forgetResumePoints(String runId) {
        try {
            store.deletions().trimResumePoints(runId, 0);
        } catch (StoreException e) {
            System.err.println("resume points stay until the run is deleted: " + e.getMessage());
        }
    }

    private StateChange perform(RunRecord run, ProgressMeter meter, Outbox outbox, Heartbeats heartbeats) {
        Path scratch = settings.scratch(run.id());
        try {
            cleanAll(settings.directory(run.id()));
            makeDirectory(scratch.resolve("task"));
            RunSpec spec = RunSpecs.parseExactly(run.spec());
            RunTask task = task(spec);
            task.execute(new WorkerContext(store, run, spec, settings.threads(), device, scratch, patience, heartbeats, meter, outbox));
            return StateChange.to(Run.State.SUCCEEDED);
        } catch (Throwable thrown) {
            Optional<RunStopped> stop = FailureCategories.stopIn(thrown);
            if (stop.isPresent()) {
                return StateChange.to(stop.get().target());
            }
            thrown.printStackTrace();
            return StateChange.to(Run.State.FAILED, FailureCategories.of(thrown));
        } finally {
            clean(scratch);
        }
    }

    private RunTask task(RunSpec spec) {
        RunTask task = tasks.find(spec.getTaskCase())
                .orElseThrow(() -> RunFailure.invalidSpec("this worker knows no runs of kind " + RunTasks.kindName(spec.getTaskCase())));
        FieldViolations violations = new FieldViolations();
        task.validate(spec, violations);
        if (!violations.isEmpty()) {
            throw RunFailure.invalidSpec(violations.toString());
        }
        return task;
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw LocalFiles.failure(directory, e);
        }
    }

    /** Removes what this and earlier attempts left; none of those is entitled to anything any more. */
    private static void cleanAll(Path directory) throws IOException {
        makeDirectory(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(entry -> entry.getFileName().toString().startsWith(WorkerSettings.SCRATCH)).forEach(BlobStore::deleteTree);
        }
    }

    private static void clean(Path scratch) {
        try {
            BlobStore.deleteTree(scratch);
        } catch (RuntimeException e) {
            System.err.println("scratch space stays: " + e.getMessage());
        }
    }

    private static void tell(Exception reason) {
        System.err.println(reason.getMessage() + "; waiting");
    }
}
