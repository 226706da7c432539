package dev.engram.runs;

import static dev.engram.v1.Run.State.CANCELLED;
import static dev.engram.v1.Run.State.FAILED;
import static dev.engram.v1.Run.State.LOST;
import static dev.engram.v1.Run.State.PAUSED;
import static dev.engram.v1.Run.State.QUEUED;
import static dev.engram.v1.Run.State.RUNNING;
import static dev.engram.v1.Run.State.SUCCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.v1.Run.State;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunTransitionsTest {

    private record Pair(State from, State to) {}

    /** Written out by hand from the design, not from the code. */
    private static final Set<Pair> ALLOWED = Set.of(
            new Pair(QUEUED, RUNNING),
            new Pair(QUEUED, FAILED),
            new Pair(QUEUED, CANCELLED),
            new Pair(QUEUED, PAUSED),
            new Pair(RUNNING, SUCCEEDED),
            new Pair(RUNNING, FAILED),
            new Pair(RUNNING, CANCELLED),
            new Pair(RUNNING, PAUSED),
            new Pair(RUNNING, LOST),
            new Pair(PAUSED, QUEUED),
            new Pair(PAUSED, CANCELLED),
            new Pair(LOST, QUEUED),
            new Pair(LOST, CANCELLED),
            new Pair(FAILED, QUEUED),
            new Pair(CANCELLED, QUEUED));

    @Test
    void everyPairIsAllowedOrRefusedAsDesigned() {
        for (State from : State.values()) {
            for (State to : State.values()) {
                boolean allowed = ALLOWED.contains(new Pair(from, to));
                assertEquals(allowed, RunTransitions.isAllowed(from, to), from + " to " + to);
                if (!allowed) {
                    assertThrows(IllegalStateException.class, () -> RunTransitions.require(from, to), from + " to " + to);
                }
            }
        }
    }

    @Test
    void endedRunsHoldNoWorkerAndResumableOnesCanBeQueued() {
        for (State state : State.values()) {
            assertEquals(Set.of(SUCCEEDED, FAILED, CANCELLED, LOST).contains(state), RunTransitions.hasEnded(state), state.toString());
            assertEquals(Set.of(PAUSED, FAILED, LOST, CANCELLED).contains(state), RunTransitions.isResumable(state), state.toString());
        }
    }
}
