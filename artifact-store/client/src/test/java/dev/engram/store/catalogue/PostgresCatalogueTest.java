package dev.engram.store.catalogue;

import dev.engram.store.ContainerImage;
import dev.engram.store.DatabaseSettings;
import java.sql.DriverManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;

/** PostgreSQL, as a cluster has it. */
class PostgresCatalogueTest extends CatalogueContract {

    private static final String PASSWORD = "test-password";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static GenericContainer<?> server;

    @BeforeAll
    static void start() {
        server = new ContainerImage("postgres").container(5432).withEnv("POSTGRES_PASSWORD", PASSWORD);
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    DatabaseSettings emptyDatabase() throws Exception {
        var name = "test" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("engram"), "engram", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new DatabaseSettings(url(name), "engram", PASSWORD);
    }

    private static String url(String database) {
        return "jdbc:postgresql://" + server.getHost() + ":" + server.getMappedPort(5432) + "/" + database;
    }
}
