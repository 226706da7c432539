package dev.engram.trainer.recipe;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field of a message of options.
 *
 * @param name of the field
 * @param owners names that have it, e.g. {@code sgd}; empty if all have it
 * @param range of a number, or of each element of a list of numbers; empty for booleans and names
 * @param defaultValue Double, Boolean or List; empty if it follows from other values
 * @param meaning one sentence
 */
record OptionField(String name, Set<String> owners, Optional<Range> range, Optional<Object> defaultValue, String meaning) {
    static OptionField number(String name, Set<String> owners, Range range, double defaultValue, String meaning) {
        return new OptionField(name, owners, Optional.of(range), Optional.of(defaultValue), meaning);
    }

    /** A number, or a list of numbers, without a default of its own. */
    static OptionField dependent(String name, Set<String> owners, Range range, String meaning) {
        return new OptionField(name, owners, Optional.of(range), Optional.empty(), meaning);
    }

    static OptionField flag(String name, Set<String> owners, boolean defaultValue, String meaning) {
        return new OptionField(name, owners, Optional.empty(), Optional.of(defaultValue), meaning);
    }

    /** A list of names, empty by default. */
    static OptionField names(String name, Set<String> owners, String meaning) {
        return new OptionField(name, owners, Optional.empty(), Optional.of(List.of()), meaning);
    }

    boolean isOf(String owner) {
        return owners.isEmpty() || owners.contains(owner);
    }
}
