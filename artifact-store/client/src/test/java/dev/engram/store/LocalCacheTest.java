package dev.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCacheTest {

    private final MemoryObjects objects = new MemoryObjects();
    private final Instant now = Instant.now();

    @TempDir
    private Path directory;

    @Test
    void aDamagedCopyIsFetchedAgain() throws IOException {
        var blobs = blobs(1 << 20);
        var blob = blobs.put(bytes("weights"), "text/plain");
        var copy = blobs.file(blob);
        assertEquals(copy, blobs.file(blob));

        Files.writeString(copy, "weightz");
        assertEquals("weights", Files.readString(blobs.file(blob)));
        Files.writeString(copy, "weig");
        assertEquals("weights", Files.readString(blobs.file(blob)));
    }

    @Test
    void aVerifiedCopyServesWhenTheStoreDoesNot() throws IOException {
        var blobs = blobs(1 << 20);
        var blob = blobs.put(bytes("weights"), "text/plain");
        blobs.file(blob);
        objects.content().clear();
        assertEquals("weights", Files.readString(blobs.file(blob)));
    }

    @Test
    void nothingStaysOfADownloadThatFails() throws IOException {
        var blobs = blobs(1 << 20);
        var blob = blobs.put(bytes("weights"), "text/plain");
        objects.content().put(blob.key(), bytes("weightz"));
        assertThrows(DataLossException.class, () -> blobs.file(blob));
        assertEquals(0, files());
    }

    @Test
    void theCopiesUsedLongestAgoGoFirstAndFreshOnesStay() throws IOException {
        var blobs = blobs(25);
        var first = blobs.put(bytes("first 10 b"), "text/plain");
        var second = blobs.put(bytes("secnd 10 b"), "text/plain");
        var third = blobs.put(bytes("third 10 b"), "text/plain");
        var fourth = blobs.put(bytes("forth 10 b"), "text/plain");
        var firstCopy = blobs.file(first);
        var secondCopy = blobs.file(second);
        used(firstCopy, Duration.ofHours(3));
        used(secondCopy, Duration.ofHours(2));
        blobs.file(first);

        blobs.file(third);
        assertTrue(Files.exists(firstCopy), "used a moment ago");
        assertFalse(Files.exists(secondCopy), "used longest ago");
        blobs.file(fourth);
        assertEquals(3, files());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterADay() throws IOException {
        var abandoned = directory.resolve("tmp/part-1.tmp");
        Files.createDirectories(abandoned.getParent());
        Files.writeString(abandoned, "half");
        blobs(1);
        assertTrue(Files.exists(abandoned));
        used(abandoned, Duration.ofHours(25));
        blobs(1);
        assertFalse(Files.exists(abandoned));
    }

    @Test
    void whatTheOperatingSystemSaysIsUnderstood() {
        assertTrue(LocalFiles.failure(Path.of("x"), new FileSystemException("x", null, "No space left on device")) instanceof StoreFullException);
        assertTrue(LocalFiles.failure(Path.of("x"), new IOException("Disk quota exceeded")) instanceof StoreFullException);
        assertFalse(LocalFiles.failure(Path.of("x"), new IOException("Permission denied")) instanceof StoreFullException);
    }

    private BlobStore blobs(long bytes) {
        return new BlobStore(objects, directory, bytes, RetryPolicy.none(), InstantSource.system());
    }

    private void used(Path file, Duration ago) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(now.minus(ago)));
    }

    private long files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
