package dev.engram.store;

/** The object store or the database did not answer, or answered that it cannot now. The only failure that is worth a retry. */
public final class StoreUnavailableException extends StoreException {

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
