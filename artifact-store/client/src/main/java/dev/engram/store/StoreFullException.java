package dev.engram.store;

/** No space left, on the local disk or in the store. Nothing half-written stays behind. */
public final class StoreFullException extends StoreException {

    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
