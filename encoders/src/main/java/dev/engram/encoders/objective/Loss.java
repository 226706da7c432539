package dev.engram.encoders.objective;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A loss inside a program that is being written.
 *
 * @param value name of the loss, a scalar that gradients flow through
 * @param terms what it is made of and what else is worth watching, by name: names of scalars in the program; no gradient is taken of them
 */
public record Loss(String value, SequencedMap<String, String> terms) {
    public Loss {
        terms = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
    }

    /** A loss of one term. */
    public static Loss of(String value) {
        return new Loss(value, new LinkedHashMap<>());
    }

    /** The same loss with one more term to watch. */
    public Loss with(String name, String variable) {
        LinkedHashMap<String, String> all = new LinkedHashMap<>(terms);
        all.put(name, variable);
        return new Loss(value, all);
    }

    /** The same loss with more terms to watch. */
    public Loss with(Map<String, String> more) {
        LinkedHashMap<String, String> all = new LinkedHashMap<>(terms);
        all.putAll(more);
        return new Loss(value, all);
    }
}
