package dev.engram.store;

import java.util.Objects;

/**
 * Bytes by content.
 *
 * @param sha256 64 lower-case hex digits
 * @param size bytes
 */
public record Blob(String sha256, long size) {

    public Blob {
        Sha256.requireHex(sha256, "sha256");
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative, was " + size);
        }
    }

    /** The key it is stored under, {@code blobs/sha256/<first two digits>/<digest>}. */
    public String key() {
        return "blobs/sha256/" + sha256.substring(0, 2) + "/" + sha256;
    }

    /** @throws DataLossException naming {@code object} when {@code actual} are other bytes than these */
    public void requireSame(Blob actual, String object) {
        Objects.requireNonNull(actual, "actual");
        if (actual.size != size) {
            throw DataLossException.wrongSize(object, size, actual.size);
        }
        if (!actual.sha256.equals(sha256)) {
            throw DataLossException.wrongDigest(object, sha256, actual.sha256);
        }
    }
}
