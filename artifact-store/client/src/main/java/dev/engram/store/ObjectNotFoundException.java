package dev.engram.store;

import java.util.Objects;

/** There is no such object, artifact or catalogue row. */
public final class ObjectNotFoundException extends StoreException {

    private final String name;

    public ObjectNotFoundException(String name) {
        this(name, null);
    }

    public ObjectNotFoundException(String name, Throwable cause) {
        super(Objects.requireNonNull(name, "name") + " does not exist", cause);
        this.name = name;
    }

    /** What was asked for: an object key, or a resource name such as {@code runs/abc}. */
    public String name() {
        return name;
    }
}
