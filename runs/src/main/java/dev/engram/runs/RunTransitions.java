package dev.engram.runs;

import static dev.engram.v1.Run.State.CANCELLED;
import static dev.engram.v1.Run.State.FAILED;
import static dev.engram.v1.Run.State.LOST;
import static dev.engram.v1.Run.State.PAUSED;
import static dev.engram.v1.Run.State.QUEUED;
import static dev.engram.v1.Run.State.RUNNING;
import static dev.engram.v1.Run.State.SUCCEEDED;

import dev.engram.v1.Run.State;
import java.util.Set;

/**
 * The life of a run: the whole table of what may follow what. Whoever changes a state asks here and then has the catalogue
 * compare and set, so that of two that decide at once one wins and the other learns of it.
 */
public final class RunTransitions {

    private RunTransitions() {}

    /** The states that may follow {@code from}. A run is created as QUEUED. */
    public static Set<State> from(State from) {
        return switch (from) {
            // Taken by a worker; a dependency failed or no worker could be started; cancelled or paused before it began.
            case QUEUED -> Set.of(RUNNING, FAILED, CANCELLED, PAUSED);
            // Told by the worker itself, except LOST, which the executor says of a worker that can no longer tell.
            case RUNNING -> Set.of(SUCCEEDED, FAILED, CANCELLED, PAUSED, LOST);
            case PAUSED -> Set.of(QUEUED, CANCELLED);
            case LOST -> Set.of(QUEUED, CANCELLED);
            // Resumed by a person, or by the executor if trying again can help.
            case FAILED -> Set.of(QUEUED);
            // Resumed by a person who thought better of it.
            case CANCELLED -> Set.of(QUEUED);
            case SUCCEEDED, STATE_UNSPECIFIED, UNRECOGNIZED -> Set.of();
        };
    }

    public static boolean isAllowed(State from, State to) {
        return from(from).contains(to);
    }

    /** Throws unless a run may go from one state to the other. */
    public static void require(State from, State to) {
        if (!isAllowed(from, to)) {
            throw new IllegalStateException("a run that is " + from + " cannot become " + to);
        }
    }

    /** Whether work on the run has come to an end: it will not change again unless somebody resumes it. */
    public static boolean hasEnded(State state) {
        return switch (state) {
            case SUCCEEDED, FAILED, CANCELLED, LOST -> true;
            case QUEUED, RUNNING, PAUSED, STATE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    /** Whether {@code ResumeRun} applies. */
    public static boolean isResumable(State state) {
        return isAllowed(state, QUEUED);
    }
}
