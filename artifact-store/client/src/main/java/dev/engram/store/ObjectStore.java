package dev.engram.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Named bytes: the few things that every S3 does alike, and nothing else is relied upon.
 *
 * <p>An object appears whole or not at all. Writing a name again replaces it. Keys are built from our own ids and digests, never from a
 * user's text. All methods throw {@link StoreUnavailableException} when the store does not answer after the retries of the
 * {@link RetryPolicy}, {@link StoreRefusedException} when it says no, {@link StoreFullException} when it has no space. Safe for use by many
 * threads. Nothing is verified here: reading with verification is {@link BlobStore}'s.
 */
public interface ObjectStore extends AutoCloseable {

    /** Uploads a file in parts of 16 MiB. Cost: one read of the file, no heap beyond buffers. */
    void put(String key, Path file, String mediaType);

    /** Uploads bytes; for small objects (it is one request). */
    void put(String key, byte[] bytes, String mediaType);

    /**
     * Writes only when there is no object of this name; atomic among all writers ({@code If-None-Match: *}).
     *
     * @return false when an object was there already; it is left as it is
     */
    boolean putIfAbsent(String key, byte[] bytes, String mediaType);

    /**
     * Opens an object for reading from its start; the caller closes the stream. A store that goes away in the middle shows as
     * {@link StoreUnavailableException} of the stream.
     *
     * @throws ObjectNotFoundException when there is no such object
     */
    InputStream open(String key);

    /** The size in bytes, or empty when there is no such object. */
    OptionalLong size(String key);

    /** All objects whose key starts with {@code prefix}, by key. Cost: one request per 1,000. */
    List<ObjectSummary> list(String prefix);

    /** Removes an object; removing one that is not there is no error. */
    void delete(String key);

    /**
     * A URL that reads this object without credentials until it expires.
     *
     * @param validity 1 second to 7 days
     * @param fileName the name a browser saves it under, when given
     */
    URI presignedGet(String key, Duration validity, Optional<String> fileName);

    /**
     * A URL to which one HTTP PUT without credentials writes this object, until it expires. At most 5 GiB.
     *
     * @param validity 1 second to 7 days
     */
    URI presignedPut(String key, Duration validity);

    /**
     * Another bucket of the same server, by the same credentials; it touches nothing until it is used. To be closed by itself.
     *
     * @param name 3 to 63 characters
     */
    ObjectStore bucket(String name);

    @Override
    void close();

    /**
     * @param key the object's name
     * @param size bytes
     */
    record ObjectSummary(String key, long size) {}
}
