package dev.engram.store.s3;

import dev.engram.store.ContainerImage;
import dev.engram.store.S3Settings;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;

/** The original server of the client we use. */
class MinioServerTest extends ObjectStoreContract {

    private static GenericContainer<?> server;

    @BeforeAll
    static void start() {
        server = new ContainerImage("minio").container(9000)
                .withEnv("MINIO_ROOT_USER", "test-access")
                .withEnv("MINIO_ROOT_PASSWORD", "test-secret-key");
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    S3Settings server() {
        return new S3Settings(URI.create("http://" + server.getHost() + ":" + server.getMappedPort(9000)), "test-access", "test-secret-key", "engram", "us-east-1");
    }
}
