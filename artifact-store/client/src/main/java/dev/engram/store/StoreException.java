package dev.engram.store;

/** Anything the object store or the catalogue refuses, lost or could not do. The subclass says whether trying again can help. */
public abstract sealed class StoreException extends RuntimeException
        permits ConflictException, DataLossException, ObjectNotFoundException, StoreFullException, StoreRefusedException, StoreUnavailableException {

    protected StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call can succeed later without anybody changing anything else. */
    public boolean retryable() {
        return this instanceof StoreUnavailableException;
    }
}
