package dev.engram.store.s3;

import dev.engram.store.ContainerImage;
import dev.engram.store.S3Settings;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;

/**
 * A maintained server on a local folder. In a region of its own: like AWS it refuses {@code us-east-1} as a new bucket's location, which is what
 * the client always sends there.
 */
class VersityServerTest extends ObjectStoreContract {

    private static final String REGION = "eu-central-1";

    private static GenericContainer<?> server;

    @BeforeAll
    static void start() {
        server = new ContainerImage("versitygw").container(7070)
                .withEnv("ROOT_ACCESS_KEY", "test-access")
                .withEnv("VGW_REGION", REGION)
                .withEnv("ROOT_SECRET_KEY", "test-secret-key");
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
        return new S3Settings(URI.create("http://" + server.getHost() + ":" + server.getMappedPort(7070)), "test-access", "test-secret-key", "engram", REGION);
    }
}
