package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMemoryTest {
    private static final float[][] ROWS = {{1, 2, 3}, {4, 5, 6}, {-7, 8, 9.5f}};

    @TempDir
    Path folder;

    @Test
    void beyondTheBudgetTheyAreInAFileAndTheSame() throws Exception {
        FeatureMemory memory = new FeatureMemory(60, folder);
        FeatureMatrix inside = filled(memory);
        FeatureMatrix outside = filled(memory);
        assertEquals(36, memory.held());
        for (int row = 0; row < ROWS.length; row++) {
            assertArrayEquals(ROWS[row], inside.row(row));
            assertArrayEquals(ROWS[row], outside.row(row));
        }
        assertEquals(inside.bytes(1, 2), outside.bytes(1, 2));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count(), "the file has no name");
        }
    }

    @Test
    void whatIsNoLongerReachableMakesRoom() throws InterruptedException {
        FeatureMemory memory = new FeatureMemory(1 << 20, folder);
        for (int i = 0; i < 3; i++) {
            FeatureMatrix.zeros(1000, 10, memory);
        }
        for (int wait = 0; memory.held() > 0 && wait < 2_000; wait++) {
            System.gc();
            Thread.sleep(50);
        }
        assertEquals(0, memory.held());
    }

    @Test
    void moreThanTheDiskHoldsIsRefused() {
        FeatureMemory memory = new FeatureMemory(0, folder);
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> memory.zeros(this, 1L << 60));
        String message = refused.getCause().getMessage();
        assertTrue(message.startsWith("no space left in " + folder + " for 1,152,921,504,606,846,976 bytes of features: "), message);
    }

    @Test
    void featuresOfSeveralTimesTheHeapAreSearched() throws Exception {
        int rows = 12_000;
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true",
                        "-Djava.io.tmpdir=" + folder, "-cp", System.getProperty("java.class.path"),
                        ManyFeatures.class.getName(), Integer.toString(rows)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(10, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains("nearest [0, 4000, 8000]"), output);
    }

    private static FeatureMatrix filled(FeatureMemory memory) {
        FeatureMatrix matrix = FeatureMatrix.zeros(ROWS.length, ROWS[0].length, memory);
        for (int row = 0; row < ROWS.length; row++) {
            matrix.put(row, ROWS[row]);
        }
        return matrix;
    }
}
