package dev.engram.store.catalogue;

/** A page token that no listing gave out. */
public final class InvalidPageTokenException extends IllegalArgumentException {

    InvalidPageTokenException(String token) {
        super("page token was not made by this listing: " + token);
    }
}
