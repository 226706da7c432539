package dev.engram.store.s3;

import dev.engram.store.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** The embedded server on a local folder, for tests: it can be stopped and started again on the same port. */
public final class EmbeddedS3 implements AutoCloseable {

    private static final String ACCESS_KEY = "test-access";
    private static final String SECRET_KEY = "test-secret-key";

    private final Path directory;
    private int port;
    private S3Proxy server;

    public EmbeddedS3(Path directory) throws Exception {
        this.directory = directory;
        start();
    }

    public void start() throws Exception {
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
        port = server.getPort();
    }

    public void stop() throws Exception {
        server.stop();
    }

    public S3Settings settings() {
        return new S3Settings(URI.create("http://127.0.0.1:" + port), ACCESS_KEY, SECRET_KEY, S3Settings.DEFAULT_BUCKET, S3Settings.DEFAULT_REGION);
    }

    /** Where the object's bytes lie. */
    public Path file(String key) {
        return directory.resolve(S3Settings.DEFAULT_BUCKET).resolve(key);
    }

    @Override
    public void close() throws Exception {
        stop();
    }
}
