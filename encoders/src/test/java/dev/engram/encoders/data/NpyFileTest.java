package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in {@code npy/} are by numpy: {@code src/test/oracle/npy_samples.py}. */
class NpyFileTest {
    private static final long[] VALUES = {3, 1, 4, 1, 5, 9, -2, 6, 1L << 40};

    @TempDir
    Path folder;

    @Test
    void writesWhatNumpyWrites() throws IOException {
        assertArrayEquals(sample("list"), Files.readAllBytes(NpyFile.write(folder.resolve("a.npy"), VALUES)));
        assertArrayEquals(sample("empty"), Files.readAllBytes(NpyFile.write(folder.resolve("b.npy"), new long[0])));
    }

    @Test
    void readsWhatNumpyWrote() throws IOException {
        assertArrayEquals(VALUES, NpyFile.parse("list", sample("list")));
        assertArrayEquals(VALUES, NpyFile.parse("version2", sample("version2")));
        assertArrayEquals(VALUES, NpyFile.parse("column", sample("column")));
        assertArrayEquals(new long[] {7, -8}, NpyFile.parse("narrow", sample("narrow")));
        assertArrayEquals(new long[0], NpyFile.parse("empty", sample("empty")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"floats", "matrix"})
    void refusesWhatIsNoListOfIntegers(String name) throws IOException {
        byte[] bytes = sample(name);
        CorruptFileException failure = assertThrows(CorruptFileException.class, () -> NpyFile.parse(name, bytes));
        assertTrue(failure.getMessage().startsWith(name + ": "), failure.getMessage());
    }

    @Test
    void refusesEveryCutOff() throws IOException {
        byte[] whole = sample("list");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(CorruptFileException.class, () -> NpyFile.parse("cut", cut), length + " bytes");
        }
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream file = NpyFileTest.class.getResourceAsStream("/npy/" + name + ".npy")) {
            return file.readAllBytes();
        }
    }
}
