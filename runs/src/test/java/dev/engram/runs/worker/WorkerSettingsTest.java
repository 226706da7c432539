package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.StoreEndpoints;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
    private static final StoreEndpoints ENDPOINTS = new StoreEndpoints(
            new S3Settings(URI.create("http://s3:1"), "key", "secret", "bucket", "region"), new DatabaseSettings("jdbc:h2:mem:x", "sa", ""));

    @Test
    void defaults() {
        WorkerSettings settings = WorkerSettings.from(environment(Map.of("ENGRAM_WORKER_ATTEMPT", "1")));
        assertEquals(
                new WorkerSettings(ENDPOINTS, Path.of(System.getProperty("user.home"), ".engram"), Runtime.getRuntime().availableProcessors(),
                        "cpu", 1, Optional.empty(), Duration.ofSeconds(5), Duration.ofMinutes(5)),
                settings);
    }

    @Test
    void everyVariable() {
        WorkerSettings settings = WorkerSettings.from(environment(Map.of(
                "ENGRAM_WORKER_ATTEMPT", "4", "ENGRAM_WORKER_PARENT", "123", "ENGRAM_HOME", "/data", "ENGRAM_THREADS", "7", "ENGRAM_DEVICE", "cuda:1",
                "ENGRAM_HEARTBEAT", "PT0.5S", "ENGRAM_PATIENCE", "PT1H")));
        assertEquals(
                new WorkerSettings(ENDPOINTS, Path.of("/data"), 7, "cuda:1", 4, Optional.of(123L), Duration.ofMillis(500), Duration.ofHours(1)), settings);
        assertEquals(Path.of("/data/workers/x/scratch-4"), settings.scratch("x"));
    }

    @Test
    void everythingMissingOrWrongIsToldAtOnce() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> WorkerSettings.from(Map.of(
                "ENGRAM_THREADS", "0", "ENGRAM_DEVICE", "gpu", "ENGRAM_HEARTBEAT", "2s", "ENGRAM_PATIENCE", "PT0S")));
        for (String part : new String[] {"engram.s3.endpoint", "engram.db.url", "ENGRAM_WORKER_ATTEMPT is missing",
            "ENGRAM_THREADS must be a whole number of at least 1, is 0", "ENGRAM_DEVICE must be cpu or cuda:N, is gpu", "ENGRAM_HEARTBEAT must be a duration", "ENGRAM_PATIENCE must be a duration"}) {
            assertTrue(e.getMessage().contains(part), part + " is not in: " + e.getMessage());
        }
    }

    private static Map<String, String> environment(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(ENDPOINTS.toEnvironment());
        all.putAll(own);
        return all;
    }
}
