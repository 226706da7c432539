package dev.engram.store;

import static org.junit.jupiter.api.Assertions.fail;

import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * An image that {@code .ci/containers} makes. Where it cannot be run its test is skipped with one line that says why, unless
 * {@code ENGRAM_REQUIRE_CONTAINERS} is {@code 1} or names it: then the test fails.
 *
 * @param name {@code engram-test/<name>:local}
 */
public record ContainerImage(String name) {

    private static final String REQUIRE = "ENGRAM_REQUIRE_CONTAINERS";

    /** A container that listens on {@code port}, not started; the test is skipped if it could not be. */
    public GenericContainer<?> container(int port) {
        if (System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            skip("the settings that .ci/containers exports are not set");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            skip("no container engine is running");
        }
        if (!hasImage()) {
            skip("there is no image engram-test/" + name + ":local, .ci/containers makes it");
        }
        return new GenericContainer<>(DockerImageName.parse("engram-test/" + name + ":local"))
                .withImagePullPolicy(image -> false)
                .withExposedPorts(port)
                .waitingFor(Wait.forListeningPort())
                .withStartupTimeout(Duration.ofMinutes(5));
    }

    private boolean hasImage() {
        try {
            DockerClientFactory.lazyClient().inspectImageCmd("engram-test/" + name + ":local").exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private void skip(String reason) {
        var required = List.of(System.getenv().getOrDefault(REQUIRE, "").split("[ ,]+"));
        var message = "the contract was not checked on " + name + ": " + reason;
        if (required.contains("1") || required.contains(name)) {
            fail(message + ", and " + REQUIRE + " demands it");
        }
        Assumptions.abort(message);
    }
}
