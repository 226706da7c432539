package dev.engram.store;

/** The name is taken by something else: a request id that was used for a different request, an id that exists. */
public final class ConflictException extends StoreException {

    public ConflictException(String message) {
        super(message, null);
    }
}
