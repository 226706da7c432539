package dev.engram.store.catalogue;

import dev.engram.v1.Run;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list; empty sets and values mean any.
 *
 * @param dependency only runs that need the result of this run id
 */
public record RunFilter(Set<Run.State> states, Set<String> kinds, Optional<String> dependency) {

    public static final RunFilter ALL = new RunFilter(Set.of(), Set.of(), Optional.empty());

    public RunFilter {
        states = Set.copyOf(states);
        kinds = Set.copyOf(kinds);
    }
}
