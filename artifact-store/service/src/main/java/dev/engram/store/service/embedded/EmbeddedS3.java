package dev.engram.store.service.embedded;

import dev.engram.store.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** S3 on the folder {@code <home>/objects}, for this machine only. */
final class EmbeddedS3 implements AutoCloseable {

    private final S3Proxy server;
    private final S3Settings settings;

    private EmbeddedS3(S3Proxy server, S3Settings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * @param port to listen on; 0 takes a free one
     * @throws IOException if it does not start, with the setting that helps
     */
    static EmbeddedS3 start(Home home, Credentials credentials, int port, String bucket) throws IOException {
        var directory = home.directory().resolve("objects");
        Files.createDirectories(directory);
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new FullDisk(BlobStores.create("filesystem", properties)))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                    .build();
            server.start();
            var endpoint = URI.create("http://127.0.0.1:" + server.getPort());
            return new EmbeddedS3(server,
                    new S3Settings(endpoint, credentials.accessKey(), credentials.secretKey(), bucket, S3Settings.DEFAULT_REGION));
        } catch (Exception notStarted) {
            throw new IOException("the embedded S3 server does not start on port " + port + " (engram.s3.port): " + notStarted.getMessage(), notStarted);
        }
    }

    S3Settings settings() {
        return settings;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
