package dev.engram.store;

/** The store answered and said no: wrong credentials, no such bucket, a request it does not understand. A person has to look. */
public final class StoreRefusedException extends StoreException {

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
