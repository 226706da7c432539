package dev.engram.runs;

import static dev.engram.v1.Run.State.CANCELLED;
import static dev.engram.v1.Run.State.FAILED;
import static dev.engram.v1.Run.State.PAUSED;
import static dev.engram.v1.Run.State.QUEUED;
import static dev.engram.v1.Run.State.RUNNING;
import static dev.engram.v1.Run.State.SUCCEEDED;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.RunTable;
import dev.engram.store.catalogue.StateChange;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Cancel, pause and resume. Each may meet the worker or the executor changing the same run; whoever is second looks again. Asking for what
 * already is, or is already asked for, is no error.
 */
public final class RunControl {
    private final RunTable runs;

    public RunControl(RunTable runs) {
        this.runs = Objects.requireNonNull(runs, "runs");
    }

    /**
     * Ends a run: at once unless a worker executes it, otherwise at the worker's next safe point. Its parts that have not ended are ended with it.
     *
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException if it has succeeded or failed
     */
    public RunRecord cancel(String runId) {
        RunRecord whole = cancelOne(runId);
        for (RunRecord part : runs.parts(runId)) {
            if (part.state() != SUCCEEDED && part.state() != FAILED) {
                cancelPart(part.id());
            }
        }
        return whole;
    }

    /** A part may end by itself meanwhile, which is as good. */
    private void cancelPart(String partId) {
        try {
            cancelOne(partId);
        } catch (RunStateException ended) {
            return;
        }
    }

    private RunRecord cancelOne(String runId) {
        return untilSettled(runId, run -> switch (run.state()) {
            case CANCELLED -> Optional.of(run);
            case RUNNING -> runs.request(runId, Set.of(RUNNING), CANCELLED);
            case QUEUED, PAUSED, LOST -> runs.transition(runId, Set.of(run.state()), StateChange.to(CANCELLED));
            case SUCCEEDED, FAILED, STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new RunStateException("runs/" + runId + " has ended as " + run.state() + " and cannot be cancelled");
        });
    }

    /**
     * Keeps a queued run from starting, or asks the worker of a running one to save its state and make room. So are its parts that have not ended.
     *
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException unless it is queued or running, or if it is about to be cancelled
     */
    public RunRecord pause(String runId) {
        RunRecord whole = pauseOne(runId);
        for (RunRecord part : runs.parts(runId)) {
            if (part.state() == QUEUED || part.state() == RUNNING) {
                pausePart(part.id());
            }
        }
        return whole;
    }

    /** A part may end by itself meanwhile, or be about to be cancelled; either way it makes room. */
    private void pausePart(String partId) {
        try {
            pauseOne(partId);
        } catch (RunStateException ended) {
            return;
        }
    }

    private RunRecord pauseOne(String runId) {
        return untilSettled(runId, run -> {
            if (run.state() == PAUSED) {
                return Optional.of(run);
            }
            if (run.state() == QUEUED) {
                return runs.transition(runId, Set.of(QUEUED), StateChange.to(PAUSED));
            }
            if (run.state() != RUNNING) {
                throw new RunStateException("runs/" + runId + " is " + run.state() + "; only a queued or running run can be paused");
            }
            if (run.requested().equals(Optional.of(CANCELLED))) {
                throw new RunStateException("runs/" + runId + " is being cancelled");
            }
            return runs.request(runId, Set.of(RUNNING), PAUSED);
        });
    }

    /**
     * Queues a run again; it goes on from its last resume point. Its parts that stopped are queued again before it, and runs that failed only because it, or one of
     * these, had not succeeded are queued with it.
     *
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException unless it, and each of its parts that stopped, is paused, lost, cancelled, or failed with an error that trying again can help;
     *     while one of them is about to stop; and if a run it depends on has failed or is cancelled, which is the one to resume
     */
    public RunRecord resume(String runId) {
        return new Resumption(runs).resume(runId, false);
    }

    /** As above, but leaves the runs that failed because of it as they are. */
    public RunRecord resumeAlone(String runId) {
        return new Resumption(runs).resume(runId, true);
    }

    private RunRecord untilSettled(String runId, Function<RunRecord, Optional<RunRecord>> change) {
        return Settling.untilSettled(runs, runId, change);
    }
}
