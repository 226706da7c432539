package dev.engram.store;

import java.util.Objects;

/** Stored bytes are not the bytes that were written: cut short, changed, swapped, or gone although a manifest names them. */
public final class DataLossException extends StoreException {

    private final String object;

    private DataLossException(String object, String message, Throwable cause) {
        super(message, cause);
        this.object = Objects.requireNonNull(object, "object");
    }

    public static DataLossException wrongSize(String object, long expected, long actual) {
        return new DataLossException(object, "%s is damaged: %d bytes expected, %d found".formatted(object, expected, actual), null);
    }

    public static DataLossException wrongDigest(String object, String expected, String actual) {
        return new DataLossException(object, "%s is damaged: sha256 %s expected, %s found".formatted(object, expected, actual), null);
    }

    /** {@code object} should exist because {@code namedBy} names it. */
    public static DataLossException missing(String object, String namedBy, Throwable cause) {
        return new DataLossException(object, "%s is gone, although %s names it".formatted(object, namedBy), cause);
    }

    /** {@code object} has the right digest or none, and still cannot be read as what it should be. */
    public static DataLossException unreadable(String object, String why) {
        return new DataLossException(object, "%s is damaged: %s".formatted(object, why), null);
    }

    /** The key of the damaged object. */
    public String object() {
        return object;
    }
}
