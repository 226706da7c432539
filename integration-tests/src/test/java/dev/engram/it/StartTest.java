package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot work end at once, with one sentence and a code. */
class StartTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused("port " + port, "up", "--port", port, "--home", directory.resolve("home").toString());
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws Exception {
        assertRefused("/proc/engram", "up", "--home", "/proc/engram", "--port", Integer.toString(EngramProcess.freePort()));
    }

    @Test
    void aSecondProcessOnTheSameHomeIsToldSo() throws Exception {
        String home = directory.resolve("home").toString();
        int port = EngramProcess.freePort();
        try (EngramProcess first = EngramProcess.local(directory.resolve("first"), port, "up", "--home", home, "--port", Integer.toString(port))) {
            first.awaitServing();
            assertRefused("home", "up", "--home", home, "--port", Integer.toString(EngramProcess.freePort()));
        }
    }

    @Test
    void unknownOptionsAreExplained() throws Exception {
        try (EngramProcess engram = EngramProcess.local(directory, 0, "demo", "--fast")) {
            assertEquals(2, engram.awaitExit(LIMIT));
            assertTrue(engram.output().contains("--fast") && engram.output().contains("--quick"), engram.output());
        }
    }

    private void assertRefused(String named, String... arguments) throws Exception {
        try (EngramProcess engram = EngramProcess.local(directory.resolve("refused"), 0, arguments)) {
            assertNotEquals(0, engram.awaitExit(LIMIT));
            String output = engram.output();
            assertTrue(output.contains(named), output);
            assertFalse(output.contains("\tat ") || output.contains("Exception"), output);
        }
    }
}
