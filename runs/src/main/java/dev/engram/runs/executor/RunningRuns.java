package dev.engram.runs.executor;

import dev.engram.runs.launch.Launcher;
import dev.engram.runs.launch.WorkerOrder;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Watches running runs, whoever launched their workers. */
final class RunningRuns {
    private final Catalogue catalogue;
    private final RunChanges changes;
    private final Launcher launcher;
    private final RunFilter filter;
    private final ExecutorSettings settings;
    private final Retries retries;
    private final HeartbeatWatch heartbeats;
    private final Timers grace;

    RunningRuns(
            Catalogue catalogue,
            RunChanges changes,
            Launcher launcher,
            Set<String> kinds,
            ExecutorSettings settings,
            Retries retries,
            LongSupplier nanoTime) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.launcher = launcher;
        this.filter = new RunFilter(Set.of(Run.State.RUNNING), kinds, Optional.empty());
        this.settings = settings;
        this.retries = retries;
        this.heartbeats = new HeartbeatWatch(nanoTime, settings.silence());
        this.grace = new Timers(nanoTime);
    }

    void watch() {
        Set<String> seen = new HashSet<>();
        Set<String> stopping = new HashSet<>();
        RunPages.forEach(catalogue, filter, run -> {
            seen.add(run.id());
            if (run.requested().isPresent()) {
                stopping.add(asked(run));
                grace.startIfAbsent(asked(run), StopGrace.of(run, settings.stopGrace()));
            }
            look(run);
        });
        heartbeats.retain(seen);
        grace.retain(stopping);
    }

    private void look(RunRecord run) {
        switch (heartbeats.look(run)) {
            case SILENT -> lose(run, "the worker " + run.claim().worker() + " has been silent for three heartbeats ("
                    + settings.silence().toMillis() / 1000.0 + " s)", false);
            case LEFT_BEHIND -> lose(run, "the worker " + run.claim().worker() + " ended with the service that had started it", true);
            case BEATING -> {
                if (grace.isDue(asked(run))) {
                    endDisobedient(run);
                }
            }
        }
    }

    private void lose(RunRecord run, String message, boolean leftBehind) {
        launcher.kill(worker(run));
        RunError reason = RunChanges.error(RunError.Category.WORKER_LOST, message);
        changes.takeFrom(run, RunChanges.withoutWorker(run, reason), message).ifPresent(lost -> {
            if (leftBehind) {
                retries.considerAtOnce(lost);
                return;
            }
            retries.consider(lost);
        });
    }

    private void endDisobedient(RunRecord run) {
        launcher.kill(worker(run));
        grace.clear(asked(run));
        run.requested().ifPresent(asked -> changes.takeFrom(run, StateChange.to(asked),
                "the worker did not stop within " + StopGrace.of(run, settings.stopGrace()).toSeconds() + " s and was ended"));
    }

    /** A cancel that follows a pause has a time of its own. */
    private static String asked(RunRecord run) {
        return run.id() + " " + run.requested().map(Enum::name).orElse("");
    }

    private static String worker(RunRecord run) {
        return new WorkerOrder(run.id(), run.attempt()).workerName();
    }

    /** After a time without a view of the catalogue, nobody has been seen silent. */
    void restartWatch() {
        heartbeats.restart();
    }
}
