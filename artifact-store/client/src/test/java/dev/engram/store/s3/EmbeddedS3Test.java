package dev.engram.store.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.BlobStore;
import dev.engram.store.RetryPolicy;
import dev.engram.store.S3Settings;
import dev.engram.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server: the contract, and what happens while the server is away. */
class EmbeddedS3Test extends ObjectStoreContract {

    @TempDir
    static Path folder;

    private static EmbeddedS3 server;

    @BeforeAll
    static void start() throws Exception {
        server = new EmbeddedS3(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    S3Settings server() {
        return server.settings();
    }

    @Test
    void aStoreThatIsAwayIsUnavailableAndServesAgainWhenBack() throws Exception {
        var waits = new ArrayList<Duration>();
        var patient = new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(300), waits::add);
        try (var client = new S3ObjectStore(server(), patient)) {
            client.put("before", bytes("kept"), "text/plain");

            server.stop();
            var failure = assertThrows(StoreUnavailableException.class, () -> client.put("during", bytes("x"), "text/plain"));
            assertTrue(failure.getMessage().startsWith("the object store is not available: writing during"), failure.getMessage());
            assertTrue(failure.retryable());
            assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300)), waits);
            server.start();

            client.put("during", bytes("x"), "text/plain");
            assertEquals(2, client.list("").size());
        }
    }

    @Test
    void aReadWaitsForAStoreThatComesBack() throws Exception {
        RetryPolicy.Sleeper startsTheServer = wait -> {
            try {
                server.start();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        var patient = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), startsTheServer);
        var objects = objects();
        var blob = new BlobStore(objects, directory.resolve("cache")).put(bytes("some weights"), "text/plain");

        server.stop();
        try (var client = new S3ObjectStore(server(), RetryPolicy.none())) {
            var blobs = new BlobStore(client, directory.resolve("other"), 1 << 20, patient, InstantSource.system());
            assertArrayEquals(bytes("some weights"), blobs.bytes(blob));
        }
    }
}
