package dev.engram.runs.executor;

import dev.engram.runs.launch.LaunchException;
import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.WorkerEnd;
import dev.engram.runs.launch.WorkerOrder;
import dev.engram.runs.launch.WorkerStatus;
import dev.engram.store.StoreException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The workers this executor launched, until what became of them stands in the catalogue. Each holds a slot. */
final class Workers {
    private static final Logger LOG = System.getLogger(Workers.class.getName());
    private static final int MAX_START_FAILURES = 3;
    private static final Duration START_AGAIN_AFTER = Duration.ofSeconds(2);

    private final Catalogue catalogue;
    private final RunChanges changes;
    private final Launcher launcher;
    private final Retries retries;
    private final Map<String, WorkerOrder> launched = new LinkedHashMap<>();
    private final Map<String, Integer> startFailures = new HashMap<>();
    private final Timers startAgain;

    Workers(Catalogue catalogue, RunChanges changes, Launcher launcher, Retries retries, LongSupplier nanoTime) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.launcher = launcher;
        this.retries = retries;
        this.startAgain = new Timers(nanoTime);
    }

    int count() {
        return launched.size();
    }

    /** Whether a run may be given a worker now: it has none, and none has just failed to start. */
    boolean mayLaunch(RunRecord run) {
        return !launched.containsKey(nextAttempt(run).workerName()) && !startAgain.isRunning(run.id());
    }

    void launch(RunRecord run) {
        WorkerOrder order = nextAttempt(run);
        try {
            launcher.launch(order);
            launched.put(order.workerName(), order);
        } catch (LaunchException e) {
            startFailed(run, e.getMessage());
        }
    }

    private static WorkerOrder nextAttempt(RunRecord run) {
        return new WorkerOrder(run.id(), run.attempt() + 1);
    }

    /** Records what became of workers that ended. */
    void settle() {
        for (Map.Entry<String, WorkerOrder> entry : List.copyOf(launched.entrySet())) {
            switch (launcher.poll(entry.getKey())) {
                case WorkerStatus.Alive() -> {}
                case WorkerStatus.Unknown() -> launched.remove(entry.getKey());
                case WorkerStatus.Ended(String worker, WorkerEnd end) -> {
                    settle(entry.getValue(), worker, end);
                    launcher.forget(entry.getKey());
                    launched.remove(entry.getKey());
                }
            }
        }
    }

    private void settle(WorkerOrder order, String worker, WorkerEnd end) {
        RunRecord run = catalogue.runs().find(order.runId()).orElse(null);
        if (run == null) {
            return;
        }
        if (run.state() == Run.State.QUEUED && run.attempt() == order.attempt() - 1) {
            if (end.cause() == WorkerEnd.Cause.NOT_MINE) {
                // Paused and resumed while its worker was starting, which found it paused.
                return;
            }
            startFailed(run, end.message());
            return;
        }
        startFailures.remove(run.id());
        startAgain.clear(run.id());
        if (holds(worker, order, run)) {
            changes.takeFrom(run, RunChanges.withoutWorker(run, reason(end)), end.message()).ifPresent(retries::consider);
            return;
        }
        retries.consider(run);
    }

    private static boolean holds(String worker, WorkerOrder order, RunRecord run) {
        return run.state() == Run.State.RUNNING && run.attempt() == order.attempt() && run.worker().filter(worker::equals).isPresent();
    }

    private static RunError reason(WorkerEnd end) {
        RunError.Category category = switch (end.cause()) {
            case OUT_OF_MEMORY -> RunError.Category.RESOURCE_EXHAUSTED;
            case UNREACHABLE -> RunError.Category.UNAVAILABLE;
            case DONE, NOT_MINE, DIED -> RunError.Category.WORKER_LOST;
        };
        return RunChanges.error(category, end.message());
    }

    /** A worker that never took its run says nothing about the run: it is tried again, and then failed for a person to look at. */
    private void startFailed(RunRecord run, String message) {
        int failures = startFailures.merge(run.id(), 1, Integer::sum);
        if (failures < MAX_START_FAILURES) {
            LOG.log(Level.WARNING, "runs/{0}: {1}; trying again", run.id(), message);
            startAgain.start(run.id(), START_AGAIN_AFTER);
            return;
        }
        startFailures.remove(run.id());
        String reason = "no worker could be started, " + failures + " times: " + message;
        changes.change(run, StateChange.to(Run.State.FAILED, RunChanges.error(RunError.Category.WORKER_LOST, reason)), reason);
    }

    /** The service stops: workers save their state, those that do not are killed, and their runs shall go on when it starts again. */
    void stopAll(Duration wait) {
        List<WorkerOrder> orders = List.copyOf(launched.values());
        Set<String> asked = new OrderlyStop(catalogue, launcher).askAndWait(orders, wait);
        launcher.close();
        for (WorkerOrder order : orders) {
            try {
                requeue(order, asked.contains(order.runId()));
            } catch (StoreException e) {
                LOG.log(Level.WARNING, "runs/{0} will be found paused or lost at the next start: {1}", order.runId(), e.getMessage());
            }
        }
        launched.clear();
    }

    private void requeue(WorkerOrder order, boolean asked) {
        RunRecord run = catalogue.runs().find(order.runId()).orElse(null);
        if (run == null || run.attempt() != order.attempt()) {
            return;
        }
        if (launcher.poll(order.workerName()) instanceof WorkerStatus.Ended(String worker, _) && holds(worker, order, run)) {
            String message = "the service that ran the worker was stopped";
            RunError reason = RunChanges.error(RunError.Category.WORKER_LOST, message);
            run = changes.takeFrom(run, RunChanges.withoutWorker(run, reason), message).orElse(run);
        }
        if (run.state() == Run.State.LOST || run.state() == Run.State.PAUSED && asked) {
            changes.change(run, StateChange.to(Run.State.QUEUED), "goes on when the service starts again");
        }
    }
}
