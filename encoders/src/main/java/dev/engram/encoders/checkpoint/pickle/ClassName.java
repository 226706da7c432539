package dev.engram.encoders.checkpoint.pickle;

import java.util.Comparator;

/**
 * A class or function that a pickle names. A name only: nothing is ever loaded by it. Has an order so that hash tables stay fast whatever the
 * names: a file may choose them to have one hash code.
 */
public record ClassName(String module, String name) implements Comparable<ClassName> {
    private static final Comparator<ClassName> ORDER = Comparator.comparing(ClassName::module).thenComparing(ClassName::name);

    @Override
    public int compareTo(ClassName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return module + "." + name;
    }
}
