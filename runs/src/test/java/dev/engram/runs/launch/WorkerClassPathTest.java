package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerClassPathTest {
    @TempDir
    Path directory;

    @Test
    void outOfAQuarkusApplication() throws Exception {
        for (String folder : new String[] {"app", "lib/main", "lib/boot"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        assertEquals(
                directory.resolve("app/*") + File.pathSeparator + directory.resolve("lib/main/*") + File.pathSeparator + directory.resolve("lib/boot/*"),
                derive("java.class.path", directory.resolve("quarkus-run.jar").toString()));
    }

    @Test
    void anIncompleteApplicationIsNamed() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> derive("java.class.path", directory.resolve("quarkus-run.jar").toString()));
        assertEquals("no folder " + directory.resolve("app") + " beside quarkus-run.jar; set engram.worker.class-path", e.getMessage());
    }

    @Test
    void behindATestRunner() {
        assertEquals("/a.jar:/b.jar", derive("surefire.test.class.path", "/a.jar:/b.jar"));
    }

    @Test
    void plain() {
        assertEquals("/a.jar" + File.pathSeparator + Path.of("b.jar").toAbsolutePath(), derive("java.class.path", "/a.jar" + File.pathSeparator + "b.jar"));
        assertThrows(IllegalStateException.class, () -> WorkerClassPath.derive(new Properties()));
    }

    private static String derive(String property, String value) {
        Properties properties = new Properties();
        properties.setProperty(property, value);
        return WorkerClassPath.derive(properties);
    }
}
