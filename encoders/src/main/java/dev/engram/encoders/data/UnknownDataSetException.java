package dev.engram.encoders.data;

import java.util.Collection;

/** A data set name that nothing is known by. */
public final class UnknownDataSetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownDataSetException(String name, Collection<String> known) {
        super("data set: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", known)));
    }
}
