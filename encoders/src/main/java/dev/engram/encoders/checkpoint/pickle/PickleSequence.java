package dev.engram.encoders.checkpoint.pickle;

import java.util.List;

/** A tuple, list or set. Compared by identity, so that a sequence may hold itself. */
public final class PickleSequence {
    /** What Python would have made. */
    public enum Kind {
        TUPLE,
        LIST,
        SET
    }

    private final Kind kind;
    private final List<Object> items;

    PickleSequence(Kind kind, List<Object> items) {
        this.kind = kind;
        this.items = items;
    }

    /** A tuple of these. */
    public static PickleSequence tuple(List<Object> items) {
        return new PickleSequence(Kind.TUPLE, List.copyOf(items));
    }

    public Kind kind() {
        return kind;
    }

    public List<Object> items() {
        return items;
    }
}
