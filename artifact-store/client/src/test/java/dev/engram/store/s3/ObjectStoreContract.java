package dev.engram.store.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.BlobStore;
import dev.engram.store.DataLossException;
import dev.engram.store.NamedObjects;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.ObjectStore.ObjectSummary;
import dev.engram.store.RetryPolicy;
import dev.engram.store.S3Settings;
import dev.engram.store.Sha256;
import dev.engram.store.StoreException;
import dev.engram.store.StoreRefusedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every S3 server must do for us. One subclass a server. */
abstract class ObjectStoreContract {

    private static final String BINARY = "application/octet-stream";

    @TempDir
    Path directory;

    private S3ObjectStore objects;

    /** A running server. */
    abstract S3Settings server();

    @BeforeEach
    void open() {
        objects = new S3ObjectStore(server());
        objects.makeBucket();
        objects.makeBucket();
        objects.list("").forEach(object -> objects.delete(object.key()));
    }

    @AfterEach
    void close() {
        if (objects != null) {
            objects.close();
        }
    }

    ObjectStore objects() {
        return objects;
    }

    @Test
    void keepsBytesUnderTheirName() throws Exception {
        objects.put("a/one.txt", bytes("first"), "text/plain");
        assertArrayEquals(bytes("first"), read("a/one.txt"));
        assertEquals(OptionalLong.of(5), objects.size("a/one.txt"));

        objects.put("a/one.txt", bytes("again"), "text/plain");
        assertArrayEquals(bytes("again"), read("a/one.txt"));
    }

    @Test
    void keepsEmptyObjects() throws Exception {
        objects.put("empty", new byte[0], BINARY);
        assertArrayEquals(new byte[0], read("empty"));
        assertEquals(OptionalLong.of(0), objects.size("empty"));

        var file = Files.createFile(directory.resolve("empty"));
        objects.put("empty-file", file, BINARY);
        assertArrayEquals(new byte[0], read("empty-file"));
    }

    @Test
    void keepsFilesOfSeveralParts() throws Exception {
        var content = new byte[(33 << 20) + 7];
        new Random(7).nextBytes(content);
        var file = Files.write(directory.resolve("big"), content);

        objects.put("big", file, BINARY);

        assertEquals(OptionalLong.of(content.length), objects.size("big"));
        assertEquals(Sha256.of(content), Sha256.of(read("big")));
    }

    @Test
    void anotherBucketOfTheServerHasNamesOfItsOwn() throws Exception {
        S3Settings own = server();
        S3Settings beside = new S3Settings(own.endpoint(), own.accessKey(), own.secretKey(), own.bucket() + "-beside", own.region());
        try (S3ObjectStore made = new S3ObjectStore(beside)) {
            made.makeBucket();
            made.put("shelf/one", bytes("there"), BINARY);
        }
        objects.put("shelf/one", bytes("here"), BINARY);
        try (ObjectStore other = objects.bucket(beside.bucket())) {
            assertArrayEquals(bytes("there"), other.open("shelf/one").readAllBytes());
            assertEquals(List.of(new ObjectSummary("shelf/one", 5)), other.list("shelf/"));
            assertEquals(OptionalLong.empty(), other.size("shelf/two"));
            other.delete("shelf/one");
        }
        assertArrayEquals(bytes("here"), read("shelf/one"));
        try (ObjectStore nobodys = objects.bucket(own.bucket() + "-nobodys")) {
            assertThrows(StoreException.class, () -> nobodys.open("shelf/one"));
        }
    }

    @Test
    void whatIsNotThereIsSaidByName() {
        assertEquals(OptionalLong.empty(), objects.size("nothing"));
        assertEquals("nothing", assertThrows(ObjectNotFoundException.class, () -> objects.open("nothing")).name());
        objects.delete("nothing");
    }

    @Test
    void listsByPrefixInOrder() {
        objects.put("p/b", bytes("22"), BINARY);
        objects.put("p/a/1", bytes("1"), BINARY);
        objects.put("q/c", bytes("333"), BINARY);

        assertEquals(List.of(new ObjectSummary("p/a/1", 1), new ObjectSummary("p/b", 2)), objects.list("p/"));
        assertEquals(3, objects.list("").size());
        assertEquals(List.of(), objects.list("r/"));
    }

    @Test
    void deletesForReal() {
        objects.put("gone", bytes("x"), BINARY);
        objects.delete("gone");
        assertEquals(OptionalLong.empty(), objects.size("gone"));
        assertEquals(List.of(), objects.list(""));
    }

    @Test
    void putIfAbsentLeavesWhatIsThere() throws Exception {
        assertTrue(objects.putIfAbsent("manifest", bytes("first"), BINARY));
        assertFalse(objects.putIfAbsent("manifest", bytes("second"), BINARY));
        assertArrayEquals(bytes("first"), read("manifest"));

        objects.delete("manifest");
        assertTrue(objects.putIfAbsent("manifest", bytes("third"), BINARY));
    }

    @Test
    void putIfAbsentHasOneWinner() throws Exception {
        var attempts = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 16; i++) {
            var content = bytes("writer " + i);
            attempts.add(() -> objects.putIfAbsent("contended", content, BINARY));
        }
        int winners = 0;
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var result : threads.invokeAll(attempts)) {
                winners += result.get() ? 1 : 0;
            }
        }
        assertEquals(1, winners);
    }

    @Test
    void presignedUrlReadsWithoutCredentials() throws Exception {
        objects.put("shared.csv", bytes("layer,mean\n"), "text/csv");

        var url = objects.presignedGet("shared.csv", Duration.ofMinutes(5), Optional.of("layers.csv"));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            assertEquals("layer,mean\n", answer.body());
            assertEquals(Optional.of("attachment; filename=\"layers.csv\""), answer.headers().firstValue("content-disposition"));

            var plain = HttpRequest.newBuilder(URI.create(url.toString().replaceAll("\\?.*", ""))).build();
            assertEquals(403, http.send(plain, BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void presignedUrlWritesOneObjectWithoutCredentials() throws Exception {
        var url = objects.presignedPut("uploads/one", Duration.ofMinutes(5));
        try (var http = HttpClient.newHttpClient()) {
            var put = HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofString("some weights")).build();
            assertEquals(200, http.send(put, BodyHandlers.discarding()).statusCode());
            assertEquals("some weights", new String(read("uploads/one"), StandardCharsets.UTF_8));

            var elsewhere = URI.create(url.toString().replace("uploads/one", "uploads/two"));
            var refused = HttpRequest.newBuilder(elsewhere).PUT(HttpRequest.BodyPublishers.ofString("other weights")).build();
            assertEquals(403, http.send(refused, BodyHandlers.discarding()).statusCode());
        }
        assertEquals(List.of(new ObjectSummary("uploads/one", 12)), objects.list("uploads/"));
    }

    @Test
    void anotherBucketOfTheServerIsReadByTheSameCredentials() {
        try (var same = objects.bucket(server().bucket());
                var missing = objects.bucket("no-such-bucket")) {
            objects.put("x", bytes("here"), BINARY);
            assertEquals(4, same.size("x").orElseThrow());
            assertThrows(StoreException.class, () -> missing.open("x"));
        }
    }

    @Test
    void wrongCredentialsAreRefusedAtOnce() {
        var right = server();
        var wrong = new S3Settings(right.endpoint(), right.accessKey(), "not-the-secret", right.bucket(), right.region());
        try (var stranger = new S3ObjectStore(wrong, RetryPolicy.none())) {
            assertThrows(StoreRefusedException.class, () -> stranger.put("x", bytes("x"), BINARY));
            assertThrows(StoreRefusedException.class, () -> stranger.list(""));
        }
    }

    @Test
    void aMissingBucketIsRefusedAtOnce() {
        var right = server();
        try (var other = new S3ObjectStore(new S3Settings(right.endpoint(), right.accessKey(), right.secretKey(), "no-such-bucket", right.region()), RetryPolicy.none())) {
            assertThrows(StoreRefusedException.class, () -> other.put("x", bytes("x"), BINARY));
            assertThrows(StoreRefusedException.class, () -> other.open("x"));
            String said = assertThrows(StoreRefusedException.class, () -> other.list("x")).getMessage();
            assertEquals("the object store refused listing x in bucket no-such-bucket: there is no such bucket", said);
        }
    }

    @Test
    void anObjectThatAPersonNamedIsMissingByItsFullNameAndItsBucketAtOnce() {
        NamedObjects named = new NamedObjects(objects);
        Path target = directory.resolve("copy");
        String object = "s3://" + server().bucket() + "/weights.pt";
        assertEquals(object, assertThrows(ObjectNotFoundException.class, () -> named.copy(object, target, _ -> { })).name());
        String refused = assertThrows(StoreRefusedException.class, () -> named.copy("s3://no-such-bucket/weights.pt", target, _ -> { })).getMessage();
        assertEquals("the object store refused reading weights.pt in bucket no-such-bucket: there is no such bucket", refused);
    }

    @Test
    void blobsAreStoredOnceAndReadVerified() throws Exception {
        var blobs = new BlobStore(objects, directory.resolve("cache"));
        var file = Files.writeString(directory.resolve("weights"), "some weights");

        var blob = blobs.put(file, BINARY);
        assertEquals(blob, blobs.put(bytes("some weights"), BINARY));

        assertEquals(List.of(new ObjectSummary(blob.key(), 12)), objects.list("blobs/"));
        assertEquals("some weights", Files.readString(blobs.file(blob)));
        assertArrayEquals(bytes("some weights"), blobs.bytes(blob));
    }

    @Test
    void aDamagedBlobIsNamed() {
        var blobs = new BlobStore(objects, directory.resolve("cache"));
        var blob = blobs.put(bytes("some weights"), BINARY);
        var other = blobs.put(bytes("these weights are others"), BINARY);

        objects.put(blob.key(), bytes("some weight"), BINARY);
        assertLoss(blob.key(), "12 bytes expected, 11 found", () -> blobs.file(blob));
        objects.put(blob.key(), bytes("some weighty"), BINARY);
        assertLoss(blob.key(), "sha256 " + blob.sha256() + " expected", () -> blobs.bytes(blob));
        objects.put(blob.key(), bytes("these weights are others"), BINARY);
        assertLoss(blob.key(), "12 bytes expected", () -> blobs.download(blob, directory.resolve("target")));
        objects.delete(blob.key());
        assertLoss(blob.key(), "is gone", () -> blobs.file(blob));

        assertFalse(Files.exists(directory.resolve("target")));
        assertEquals(24, blobs.bytes(other).length);
    }

    private static void assertLoss(String object, String message, Executable read) {
        var loss = assertThrows(DataLossException.class, read);
        assertEquals(object, loss.object());
        assertTrue(loss.getMessage().contains(message), loss.getMessage());
    }

    private byte[] read(String key) throws Exception {
        try (var in = objects.open(key)) {
            return in.readAllBytes();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
