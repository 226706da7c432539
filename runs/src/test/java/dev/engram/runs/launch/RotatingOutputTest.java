package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingOutputTest {
    @TempDir
    Path directory;

    @Test
    void keepsAtMostTwoFilesAndTheLastLines() throws Exception {
        Path file = directory.resolve("worker.log");
        RotatingOutput output = new RotatingOutput(lines(10_000), file, 5_000);
        output.run();
        assertTrue(Files.size(file) <= 5_100, "size " + Files.size(file));
        assertTrue(Files.size(directory.resolve("worker.log.1")) <= 5_100);
        try (var files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
        assertEquals(20, output.tail().size());
        assertEquals("line 9999", output.tail().getLast());
    }

    @Test
    void readsOnWhenTheFileCannotBeWritten() {
        RotatingOutput output = new RotatingOutput(lines(3), directory.resolve("missing/worker.log"), 100);
        output.run();
        assertEquals(List.of("line 0", "line 1", "line 2"), output.tail());
    }

    private static InputStream lines(int count) {
        String text = IntStream.range(0, count).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
