package dev.engram.runs.executor;

import dev.engram.runs.RunTransitions;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/** Changes of state the executor makes: checked against the table, compared and set, and told in the run's log. */
final class RunChanges {
    private static final Logger LOG = System.getLogger(RunChanges.class.getName());

    private final Catalogue catalogue;

    RunChanges(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Takes a running run from the worker that holds it, unless that has ended it meanwhile. */
    Optional<RunRecord> takeFrom(RunRecord run, StateChange change, String message) {
        RunTransitions.require(Run.State.RUNNING, change.to());
        return told(catalogue.runs().release(run.claim(), change.telling(message)), message);
    }

    /** Changes a run that no worker holds, unless it has changed meanwhile. */
    Optional<RunRecord> change(RunRecord run, StateChange change, String message) {
        RunTransitions.require(run.state(), change.to());
        return told(catalogue.runs().transition(run.id(), Set.of(run.state()), change.telling(message)), message);
    }

    private static Optional<RunRecord> told(Optional<RunRecord> changed, String message) {
        changed.ifPresent(run -> LOG.log(Level.INFO, "runs/{0} is {1}: {2}", run.id(), run.state(), message));
        return changed;
    }

    static RunError error(RunError.Category category, String message) {
        return RunError.newBuilder().setCategory(category).setMessage(message).setRetryable(true).build();
    }

    /** What a running run becomes when its worker cannot go on: what was asked for, if anything was, otherwise LOST. */
    static StateChange withoutWorker(RunRecord run, RunError reason) {
        return run.requested().map(StateChange::to).orElseGet(() -> StateChange.to(Run.State.LOST, reason));
    }
}
