package dev.engram.store.catalogue;

import java.util.List;

/** A run cannot be deleted: it has not ended, or others need its result. */
public final class InUseException extends IllegalStateException {

    private final List<String> users;

    InUseException(String message, List<String> users) {
        super(message);
        this.users = List.copyOf(users);
    }

    /** Ids of the runs that stand in the way. */
    public List<String> users() {
        return users;
    }
}
