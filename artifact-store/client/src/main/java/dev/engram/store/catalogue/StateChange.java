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
 * @param line what the run's log says of it, written with the change: who sees the new state finds the line, and there is no line of a change
 *     that did not happen
 */
public record StateChange(Run.State to, Optional<RunError> error, Optional<String> line) {

    public StateChange {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(line, "line");
    }

    public static StateChange to(Run.State state) {
        return new StateChange(state, Optional.empty(), Optional.empty());
    }

    public static StateChange to(Run.State state, RunError error) {
        return new StateChange(state, Optional.of(error), Optional.empty());
    }

    /** The same change, told in the run's log: an error where there is one, information otherwise. */
    public StateChange telling(String message) {
        return new StateChange(to, error, Optional.of(message));
    }
}
