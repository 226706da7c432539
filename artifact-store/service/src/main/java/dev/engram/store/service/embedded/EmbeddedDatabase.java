package dev.engram.store.service.embedded;

import dev.engram.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.Driver;
import org.h2.tools.Server;

/** The catalogue's database in {@code <home>/catalogue}, served by TCP to this machine only. */
final class EmbeddedDatabase implements AutoCloseable {

    private static final String NAME = "engram";
    private static final String USER = "engram";

    /** Asked for by every client, too: H2 closes a database it could not write to, and who opens it again would have commits kept in memory first. */
    private static final String DURABLE = ";WRITE_DELAY=0";

    private final Server server;
    private final Connection keptOpen;
    private final DatabaseSettings settings;

    private EmbeddedDatabase(Server server, Connection keptOpen, DatabaseSettings settings) {
        this.server = server;
        this.keptOpen = keptOpen;
        this.settings = settings;
    }

    /**
     * @param port to listen on; 0 takes a free one
     * @throws IOException if it does not start, with the setting that helps
     */
    static EmbeddedDatabase start(Home home, Credentials credentials, int port) throws IOException {
        Path directory = home.directory().resolve("catalogue");
        Files.createDirectories(directory);
        // Read by H2 when it opens its socket: nobody else's machine shall reach it.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Connection keptOpen = null;
        try {
            // Made here, so that the server need not allow that databases are made through it.
            keptOpen = connect("jdbc:h2:file:" + directory.resolve(NAME), credentials.databasePassword());
            configure(keptOpen);
            Server server = Server.createTcpServer("-tcpPort", Integer.toString(port), "-baseDir", directory.toString(), "-ifExists", "-tcpDaemon").start();
            return new EmbeddedDatabase(server, keptOpen,
                    new DatabaseSettings("jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + NAME + DURABLE, USER, credentials.databasePassword()));
        } catch (SQLException notStarted) {
            closeQuietly(keptOpen, notStarted);
            throw new IOException("the embedded database does not start on port " + port + " (engram.db.port) in " + directory + ": "
                    + notStarted.getMessage(), notStarted);
        }
    }

    /** Past the driver manager, which only knows drivers of the class loader that asked it first. */
    private static Connection connect(String url, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        return new Driver().connect(url, properties);
    }

    /** A commit is in the operating system's hands when it returns, so that a kill of this process loses none; writers wait for each other. */
    private static void configure(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET WRITE_DELAY 0");
            statement.execute("SET DEFAULT_LOCK_TIMEOUT 20000");
        }
    }

    private static void closeQuietly(Connection connection, SQLException reason) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException alsoFailed) {
            reason.addSuppressed(alsoFailed);
        }
    }

    DatabaseSettings settings() {
        return settings;
    }

    @Override
    public void close() throws SQLException {
        server.stop();
        keptOpen.close();
    }
}
