package dev.engram.runs.executor;

import dev.engram.store.catalogue.BlockedRun;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.util.Set;

/** Starts queued runs, or ends those that can never start. */
final class QueuedRuns {
    private final Catalogue catalogue;
    private final RunChanges changes;
    private final Set<String> kinds;
    private final ExecutorSettings settings;
    private final Workers workers;

    QueuedRuns(Catalogue catalogue, RunChanges changes, Set<String> kinds, ExecutorSettings settings, Workers workers) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.kinds = Set.copyOf(kinds);
        this.settings = settings;
        this.workers = workers;
    }

    /** Fails runs that wait for one that failed for good or was cancelled; one that will be retried is waited for. */
    void failBlocked(RetryRule rule) {
        for (BlockedRun blocked : catalogue.runs().blocked()) {
            // The run first: both may just have been resumed, the dependency before it.
            RunRecord run = catalogue.runs().get(blocked.runId());
            RunRecord dependency = catalogue.runs().get(blocked.dependencyId());
            if (!kinds.contains(run.kind()) || run.state() != Run.State.QUEUED || dependency.state() != blocked.dependencyState() || rule.applies(dependency)) {
                continue;
            }
            String reason = "runs/" + dependency.id() + ", which this run depends on, is " + dependency.state()
                    + dependency.error().map(error -> ": " + error.getMessage()).orElse("");
            changes.change(run, StateChange.to(Run.State.FAILED, RunChanges.error(RunError.Category.DEPENDENCY_FAILED, reason)), reason);
        }
    }

    void launchReady() {
        if (workers.count() >= settings.slots()) {
            return;
        }
        for (RunRecord run : catalogue.runs().ready(kinds)) {
            if (workers.count() >= settings.slots()) {
                return;
            }
            if (workers.mayLaunch(run)) {
                workers.launch(run);
            }
        }
    }
}
