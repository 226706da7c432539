package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.RetryPolicy;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 as a laptop has it: a TCP server with the database in a folder. And what happens while it is away. */
class H2CatalogueTest extends CatalogueContract {

    /** Time of day may be corrected while the test runs. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = server("0");
    }

    private static Server server(String port) throws Exception {
        return Server.createTcpServer("-tcpPort", port, "-baseDir", folder.toString(), "-ifNotExists").start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    DatabaseSettings emptyDatabase() {
        return settings(UUID.randomUUID().toString());
    }

    private static DatabaseSettings settings(String name) {
        return new DatabaseSettings("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./" + name, "sa", "");
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailableAndServesAgainWhenBack() throws Exception {
        catalogue().runs().create(run("before"));
        server.stop();
        try {
            var failure = assertThrows(StoreUnavailableException.class, () -> catalogue().runs().get("before"));
            assertTrue(failure.getMessage().startsWith("the catalogue is not available"), failure.getMessage());
        } finally {
            server = server(String.valueOf(server.getPort()));
        }
        assertEquals("before", catalogue().runs().get("before").id());
    }

    /** As a request meets it that is answered while its process stops: it passes, and is no defect. */
    @Test
    void aCatalogueThatWasLeftIsUnavailable() {
        var left = new Catalogue(emptyDatabase()).migrate();
        left.close();
        var failure = assertThrows(StoreUnavailableException.class, () -> left.runs().find("x"));
        assertEquals("this process is stopping and has left the catalogue", failure.getMessage());
    }

    @Test
    void timeIsTheDatabaseServers() throws Exception {
        try (var other = new Catalogue(emptyDatabase()).migrate()) {
            var before = Instant.now();
            var now = other.runs().now();
            var after = Instant.now();
            assertTrue(!now.isBefore(before.minus(SLACK)) && !now.isAfter(after.plus(SLACK)), before + " " + now + " " + after);
        }
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        var settings = new DatabaseSettings("jdbc:mysql://localhost/x", "sa", "");
        var failure = assertThrows(StoreRefusedException.class, () -> new Catalogue(settings, RetryPolicy.none(), InstantSource.system()));
        assertTrue(failure.getMessage().contains("engram.db.url"), failure.getMessage());
    }
}
