package dev.engram.store.catalogue;

import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run becomes.
 *
 * @param to the new state
 * @param error why, for FAILED and LOST; empty clears an earlier one
 */
public record StateChange(Run.State to, Optional<RunError> error) {

    public StateChange {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(error, "error");
    }

    public static StateChange to(Run.State state) {
        return new StateChange(state, Optional.empty());
    }

    public static StateChange to(Run.State state, RunError error) {
        return new StateChange(state, Optional.of(error));
    }
}
