package dev.engram.runs.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.executor.ExecutorSettings;
import dev.engram.runs.executor.RetryRule;
import dev.engram.runs.launch.LocalWorkerSettings;
import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.StoreEndpoints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorConfigTest {
    private static final StoreEndpoints ENDPOINTS = new StoreEndpoints(
            new S3Settings(URI.create("http://s3:1"), "key", "secret", "engram", "us-east-1"), new DatabaseSettings("jdbc:h2:mem:x", "sa", "password"));

    @Test
    void defaults() {
        ExecutorConfig config = config(Map.of());
        assertEquals(ExecutorSettings.defaults(), config.executor());
        LocalWorkerSettings workers = config.workers(ENDPOINTS);
        assertEquals("1g", workers.heap());
        assertEquals(Runtime.getRuntime().availableProcessors(), workers.threads());
        assertEquals(List.of(ComputeDevice.CPU), workers.devices());
        assertEquals(Path.of(System.getProperty("user.home"), ".engram"), workers.home());
        assertEquals("PT5S", workers.environment().get("ENGRAM_HEARTBEAT"));
        assertEquals("PT5M", workers.environment().get("ENGRAM_PATIENCE"));
        assertEquals("secret", workers.environment().get("ENGRAM_S3_SECRET_KEY"));
        assertTrue(workers.classPath().contains("classes"), workers.classPath());
    }

    @Test
    void everyKey() {
        ExecutorConfig config = config(Map.ofEntries(
                Map.entry("engram.slots", "3"),
                Map.entry("engram.threads", "5"),
                Map.entry("engram.heartbeat", "PT1S"),
                Map.entry("engram.patience", "PT7S"),
                Map.entry("engram.stop-grace", "PT9S"),
                Map.entry("engram.shutdown-wait", "PT3S"),
                Map.entry("engram.retries", "0"),
                Map.entry("engram.retry-wait", "PT4S"),
                Map.entry("engram.worker.heap", "2g"),
                Map.entry("engram.worker.class-path", "/a:/b"),
                Map.entry("engram.worker.options", "-Da=b  -Xint"),
                Map.entry("engram.home", "/data")));
        assertEquals(
                new ExecutorSettings(3, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(3),
                        new RetryRule(0, Duration.ofSeconds(4), Duration.ofMinutes(10))),
                config.executor());
        LocalWorkerSettings workers = config.workers(ENDPOINTS);
        assertEquals(5, workers.threads());
        assertEquals("PT1S", workers.environment().get("ENGRAM_HEARTBEAT"));
        assertEquals("PT7S", workers.environment().get("ENGRAM_PATIENCE"));
        assertEquals("2g", workers.heap());
        assertEquals("/a:/b", workers.classPath());
        assertEquals(List.of("-Da=b", "-Xint"), workers.options());
        assertEquals(Path.of("/data/workers/x"), workers.directory("x"));
    }

    @Test
    void wrongValuesAreNamed() {
        assertEquals("engram.slots must be at least 0, is -1",
                assertThrows(IllegalArgumentException.class, () -> config(Map.of("engram.slots", "-1")).slots()).getMessage());
        assertEquals("engram.worker.heap must be a size such as 1g or 768m, is much",
                assertThrows(IllegalArgumentException.class, () -> config(Map.of("engram.worker.heap", "much")).workers(ENDPOINTS)).getMessage());
    }

    @Test
    void aSlotForEachCard() {
        ExecutorConfig all = onCards(Map.of());
        assertEquals(2, all.slots());
        assertEquals(2, all.executor().slots());
        assertEquals(List.of("cuda:0", "cuda:1"), all.workers(ENDPOINTS).devices().stream().map(ComputeDevice::name).toList());
        assertEquals(1, onCards(Map.of("engram.slots", "1")).slots());
        assertEquals(1, onCards(Map.of("engram.devices", "cuda:1")).slots());
        assertEquals(1, onCards(Map.of("engram.devices", "cpu")).slots());
        assertEquals(5, onCards(Map.of("engram.devices", "cpu", "engram.slots", "5")).slots());
        assertEquals("engram.slots must be at most the 2 cards of engram.devices, is 3",
                assertThrows(IllegalArgumentException.class, () -> onCards(Map.of("engram.slots", "3")).slots()).getMessage());
        assertEquals(0, onCards(Map.of("engram.slots", "0", "engram.devices", "cuda:7")).slots());
        String missing = assertThrows(IllegalArgumentException.class, () -> onCards(Map.of("engram.devices", "cuda:7")).slots()).getMessage();
        assertTrue(missing.startsWith("engram.devices: cuda:7 is not there"), missing);
    }

    private static ExecutorConfig onCards(Map<String, String> values) {
        return new ExecutorConfig(
                new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "test", 100)).build(), () -> List.of("A", "B"), "cu128");
    }

    private static ExecutorConfig config(Map<String, String> values) {
        return new ExecutorConfig(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "test", 100)).build());
    }
}
