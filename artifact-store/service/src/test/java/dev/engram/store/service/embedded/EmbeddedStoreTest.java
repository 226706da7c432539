package dev.engram.store.service.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.RetryPolicy;
import dev.engram.store.Store;
import dev.engram.store.StoreFullException;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.s3.S3ObjectStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

    private static final String SPEC = "{\"probe\":{}}";

    @TempDir
    private Path directory;

    private EmbeddedStore store;

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void whatWasStoredIsThereAfterARestart() throws IOException {
        store = with(Map.of());
        var endpoints = store.endpoints();
        assertEquals("127.0.0.1", endpoints.s3().endpoint().getHost());
        String artifact;
        try (var opened = opened()) {
            opened.catalogue().migrate();
            opened.catalogue().runs().create(new NewRun("r", Optional.empty(), "probe", SPEC, List.of()));
            artifact = opened.artifacts().write("result", Map.of("a.csv", bytes("1,2")), Map.of()).id();
        }
        store.close();

        store = with(Map.of());
        assertEquals(endpoints.s3().secretKey(), store.endpoints().s3().secretKey());
        assertEquals(endpoints.database().password(), store.endpoints().database().password());
        try (var opened = opened()) {
            assertEquals("r", opened.catalogue().migrate().runs().get("r").id());
            assertArrayEquals(bytes("1,2"), opened.artifacts().open(artifact).bytes("a.csv"));
        }
    }

    @Test
    void theSecretsAreTheOwnersAndNoOthers() throws IOException {
        store = with(Map.of());
        store.endpoints();
        var file = home().resolve("credentials.properties");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(), Files.readAllLines(file).stream().filter(line -> line.split("=", 2)[1].length() < 20).toList());

        Files.writeString(file, "engram.s3.access-key=a\n");
        store.close();
        assertOneLine(with(Map.of()), file + " has no engram.");
    }

    @Test
    void aHomeServesOneProcess() throws Exception {
        store = with(Map.of());
        store.endpoints();
        assertOneLine(with(Map.of()), "engram.home " + home() + " is in use by another Engram");
        assertEquals(7, Children.run(home(), "take"), "another process");
        store.close();
        assertEquals(0, Children.run(home(), "take"));
    }

    @Test
    void aPortInUseIsNamedWithTheSettingThatHelps() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = Integer.toString(taken.getLocalPort());
            assertOneLine(with(Map.of("engram.s3.port", port)), "port " + port + " (engram.s3.port)");
            assertOneLine(with(Map.of("engram.db.port", port)), "port " + port + " (engram.db.port)");
        }
        store = with(Map.of());
        store.endpoints();
    }

    @Test
    void settingsReplaceTheEmbeddedServers() {
        store = with(Map.of("engram.s3.endpoint", "https://s3.example", "engram.s3.access-key", "a", "engram.s3.secret-key", "b",
                "engram.db.url", "jdbc:postgresql://db/engram", "engram.db.user", "u", "engram.db.password", "p"));
        assertEquals("s3 https://s3.example bucket engram", store.endpoints().s3().toString());
        assertEquals("database jdbc:postgresql://db/engram", store.endpoints().database().toString());
        assertFalse(Files.exists(home()));
    }

    @Test
    void aKillLosesNoCommittedRun() throws Exception {
        assertEquals(Children.KILLED, Children.run(home(), "create"));
        store = with(Map.of());
        try (var opened = opened()) {
            assertEquals(Children.RUNS, opened.catalogue().runs().counts().values().stream().mapToLong(Long::longValue).sum());
        }
    }

    @Test
    void aFullDiskIsSaidAndLeavesNothingHalf() throws Exception {
        try (SmallDisk _ = SmallDisk.mount(home(), 20)) {
            store = with(Map.of());
            try (var objects = new S3ObjectStore(store.endpoints().s3(), RetryPolicy.none())) {
                objects.makeBucket();
                var big = Files.write(directory.resolve("big"), new byte[40 << 20]);
                assertThrows(StoreFullException.class, () -> objects.put("parts", big, "application/octet-stream"));
                assertThrows(StoreFullException.class, () -> objects.put("one", new byte[30 << 20], "application/octet-stream"));
                assertEquals(List.of(), objects.list(""));
                objects.put("small", new byte[100], "application/octet-stream");
            } finally {
                store.close();
            }
        }
    }

    private void assertOneLine(EmbeddedStore broken, String message) {
        var failure = assertThrows(ConfigurationException.class, broken::endpoints);
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        assertNull(failure.getCause());
    }

    private Store opened() {
        var opened = Store.open(store.endpoints(), directory.resolve("client"));
        ((S3ObjectStore) opened.objects()).makeBucket();
        return opened;
    }

    private EmbeddedStore with(Map<String, String> settings) {
        return with(settings, home());
    }

    static EmbeddedStore with(Map<String, String> settings, Path home) {
        var all = new HashMap<>(settings);
        all.put("engram.home", home.toString());
        return new EmbeddedStore(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(all, "test", 100)).build());
    }

    private Path home() {
        return directory.resolve("home");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
