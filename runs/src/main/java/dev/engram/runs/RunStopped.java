package dev.engram.runs;

import dev.engram.v1.Run;
import java.util.Objects;

/**
 * Thrown through a task because cancel or pause was asked for. Not a failure: a task lets it pass, closing what it holds.
 */
public final class RunStopped extends RuntimeException {
    private final Run.State target;

    /** @param target CANCELLED or PAUSED */
    public RunStopped(Run.State target) {
        super("stopped on request: " + target, null, false, false);
        if (target != Run.State.CANCELLED && target != Run.State.PAUSED) {
            throw new IllegalArgumentException("a run is stopped to be CANCELLED or PAUSED, not " + target);
        }
        this.target = Objects.requireNonNull(target, "target");
    }

    /** The state the run takes on. */
    public Run.State target() {
        return target;
    }
}
