package dev.engram.trainer.process;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.s3.S3ObjectStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.h2.tools.Server;

/** S3 on a folder and SQL in memory over TCP, as services and worker processes see them on a laptop. */
public final class LaptopStore implements AutoCloseable {
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";

    private final Path home;
    private final Server sql;
    private final S3Proxy s3;
    private final StoreEndpoints endpoints;
    private final Store store;

    public LaptopStore(Path home) throws Exception {
        this.home = home;
        this.sql = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        this.s3 = s3(Files.createDirectories(home.resolve("s3")));
        this.endpoints = new StoreEndpoints(
                new S3Settings(
                        URI.create("http://127.0.0.1:" + s3.getPort()),
                        KEY,
                        SECRET,
                        S3Settings.DEFAULT_BUCKET,
                        S3Settings.DEFAULT_REGION),
                new DatabaseSettings(database(), "sa", ""));
        try (S3ObjectStore objects = new S3ObjectStore(endpoints.s3())) {
            objects.makeBucket();
        }
        this.store = Store.open(endpoints, home);
        store.catalogue().migrate();
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

    /** Memory databases belong to the JVM, not to the server: each store needs a name of its own. */
    private String database() {
        return "jdbc:h2:tcp://127.0.0.1:%d/mem:%s;DB_CLOSE_DELAY=-1".formatted(sql.getPort(), UUID.randomUUID());
    }

    private static S3Proxy s3(Path folder) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        server.start();
        return server;
    }

    @Override
    public void close() throws Exception {
        store.close();
        s3.stop();
        sql.stop();
    }
}
