package dev.engram.encoders.checkpoint.pickle;

import java.util.List;

/** What the few names mean that a pickle may use. */
public interface PickleClasses {
    /** Whether {@link #make} knows this name. Everything else becomes a {@link PickleObject}. */
    boolean knows(ClassName name);

    /**
     * Bytes of heap that {@link #make} takes at most for these arguments, beside a small object: a few bytes of a pickle can ask for the same
     * long list to be copied again and again.
     */
    long cost(ClassName name, List<Object> arguments);

    /**
     * What a call of a known name makes.
     *
     * @throws IllegalArgumentException if it cannot be called so
     */
    Object make(ClassName name, List<Object> arguments);

    /**
     * What stands outside the pickle under this id.
     *
     * @throws IllegalArgumentException if the id is none
     */
    Object persistent(Object id);
}
