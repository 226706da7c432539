package dev.engram.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;

/**
 * Bytes named by their SHA-256, with a verified local cache. What is read is always digested; other bytes than the name says are a
 * {@link DataLossException} with the object's key.
 *
 * <p>Safe for use by many threads and by many processes on one home directory.
 */
public final class BlobStore {

    /** Local copies are kept up to 20 GiB unless said otherwise. */
    public static final long DEFAULT_CACHE_BYTES = 20L << 30;

    private final ObjectStore objects;
    private final RetryPolicy retry;
    private final LocalCache cache;

    /** @param cache directory of the local copies; made when it is not there */
    public BlobStore(ObjectStore objects, Path cache) {
        this(objects, cache, DEFAULT_CACHE_BYTES, RetryPolicy.standard(), InstantSource.system());
    }

    public BlobStore(ObjectStore objects, Path cache, long maxCacheBytes, RetryPolicy retry, InstantSource clock) {
        this.objects = Objects.requireNonNull(objects, "objects");
        this.retry = Objects.requireNonNull(retry, "retry");
        this.cache = new LocalCache(cache, maxCacheBytes, clock);
    }

    /** Stores a file's bytes. Cost: one read to digest, one upload unless an object of this name and size is there already. */
    public Blob put(Path file, String mediaType) {
        try {
            var blob = Sha256.of(file);
            if (!isStored(blob)) {
                objects.put(blob.key(), file, mediaType);
            }
            return blob;
        } catch (IOException e) {
            throw LocalFiles.failure(file, e);
        }
    }

    public Blob put(byte[] bytes, String mediaType) {
        var blob = Sha256.of(bytes);
        if (!isStored(blob)) {
            objects.put(blob.key(), bytes, mediaType);
        }
        return blob;
    }

    /** Whether there is an object of this name and size; its bytes are not looked at. */
    public boolean isStored(Blob blob) {
        return objects.size(blob.key()).orElse(-1) == blob.size();
    }

    /**
     * A verified local copy, downloaded when there is none. Read it now, do not keep the path for hours and do not write to it: the cache may
     * drop a copy that nobody asked for within the last hour.
     *
     * @throws DataLossException when the object is gone, cut short or changed
     */
    public Path file(Blob blob) {
        return cache.find(blob).orElseGet(() -> retry.call(() -> cache.add(blob, out -> transfer(blob, out))));
    }

    /** Downloads to {@code target}, which appears whole and verified or not at all. Does not use the cache. */
    public void download(Blob blob, Path target) {
        var directory = target.toAbsolutePath().getParent();
        retry.run(() -> LocalCache.write(target, directory, out -> transfer(blob, out)));
    }

    /** The verified bytes of a small blob, past the cache. Cost: heap of its size, which is at most 2^31 - 9. */
    public byte[] bytes(Blob blob) {
        if (blob.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(blob.key() + " has " + blob.size() + " bytes, too many for an array");
        }
        return retry.call(() -> {
            var out = new ByteArrayOutputStream((int) blob.size());
            try {
                transfer(blob, out);
            } catch (IOException e) {
                throw new StoreUnavailableException("reading " + blob.key() + " broke off", e);
            }
            return out.toByteArray();
        });
    }

    private void transfer(Blob blob, OutputStream out) throws IOException {
        try (var in = objects.open(blob.key())) {
            blob.requireSame(Sha256.copy(in, out, blob.size()), blob.key());
        } catch (ObjectNotFoundException e) {
            throw DataLossException.missing(blob.key(), "a manifest", e);
        }
    }

    /** Removes the object; the local copy ages out by itself. */
    public void delete(Blob blob) {
        objects.delete(blob.key());
    }

    /** Removes a local file or directory tree that may not be there. */
    public static void deleteTree(Path root) {
        try {
            if (!Files.exists(root)) {
                return;
            }
            try (var files = Files.walk(root)) {
                for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw LocalFiles.failure(root, e);
        }
    }
}
