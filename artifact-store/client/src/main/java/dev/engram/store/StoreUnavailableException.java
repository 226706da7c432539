package dev.engram.store;

/** The object store or the database did not answer, or answered that it cannot now. The only failure that is worth a retry. */
public final class StoreUnavailableException extends StoreException {

    private boolean triedAgain;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a {@link RetryPolicy} has tried again in vain: one around it does not do so once more. */
    boolean wasTriedAgain() {
        return triedAgain;
    }

    StoreUnavailableException afterTryingAgain() {
        triedAgain = true;
        return this;
    }
}
