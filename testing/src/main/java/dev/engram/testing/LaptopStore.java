package dev.engram.testing;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.store.s3.S3ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.h2.tools.Server;

/** S3 on a folder and SQL over TCP, as worker processes see them on a laptop; both can go away and come back. */
public final class LaptopStore implements AutoCloseable {
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";

    private final Path home;
    private final StoreEndpoints endpoints;
    private final Store store;
    private Server sql;
    private S3Proxy s3;

    public LaptopStore(Path home) throws Exception {
        this(home, true);
    }

    /** @param prepared whether bucket and tables are there already; otherwise {@link #prepare} makes them */
    public LaptopStore(Path home, boolean prepared) throws Exception {
        this.home = home;
        Files.createDirectories(home.resolve("s3"));
        startSql(FreePorts.choose());
        startS3(FreePorts.choose());
        endpoints = new StoreEndpoints(
                new S3Settings(URI.create("http://127.0.0.1:" + s3.getPort()), KEY, SECRET, S3Settings.DEFAULT_BUCKET, S3Settings.DEFAULT_REGION),
                new DatabaseSettings("jdbc:h2:tcp://127.0.0.1:" + sql.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", SECRET));
        store = Store.open(endpoints, home);
        if (prepared) {
            prepare();
        }
    }

    /** What the store's service does when it starts. */
    public void prepare() {
        try (S3ObjectStore objects = new S3ObjectStore(endpoints.s3())) {
            objects.makeBucket();
        }
        store.catalogue().migrate();
    }

    /** Makes {@link HeldResults} take effect. Not for tests whose classes Quarkus loads: the database would not find its own trigger among them. */
    void letResultsBeHeld() {
        DatabaseSettings database = endpoints.database();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            HeldResults.install(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Flips a bit in the middle of every file of an artifact, wherever a copy of it is. */
    public void damage(String artifact) throws IOException {
        for (ArtifactFile file : store.artifacts().open(artifact).manifest().files()) {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path copy : all.filter(path -> path.getFileName().toString().contains(file.sha256())).toList()) {
                    byte[] bytes = Files.readAllBytes(copy);
                    bytes[bytes.length / 2] ^= 1;
                    copy.toFile().setWritable(true);
                    Files.write(copy, bytes);
                }
            }
        }
    }

    public Path home() {
        return home;
    }

    public StoreEndpoints endpoints() {
        return endpoints;
    }

    public Store store() {
        return store;
    }

    public void stopSql() {
        sql.stop();
    }

    public void startSql() throws Exception {
        startSql(sql.getPort());
    }

    public void stopS3() throws Exception {
        s3.stop();
    }

    public void startS3() throws Exception {
        startS3(endpoints.s3().endpoint().getPort());
    }

    private void startSql(int port) throws Exception {
        sql = Server.createTcpServer("-tcpPort", Integer.toString(port), "-ifNotExists").start();
    }

    private void startS3(int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", home.resolve("s3").toString());
        s3 = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        s3.start();
    }

    @Override
    public void close() throws Exception {
        store.close();
        s3.stop();
        sql.stop();
    }
}
