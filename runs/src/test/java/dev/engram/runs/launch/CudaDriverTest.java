package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a library of the driver's functions that the machine's C compiler makes, as few machines have a card. */
class CudaDriverTest {
    private static final String TWO_CARDS = """
            #include <string.h>
            int cuInit(unsigned flags) { return flags; }
            int cuDeviceGetCount(int *count) { *count = 3; return 0; }
            int cuDeviceGet(int *device, int ordinal) { *device = 10 + ordinal; return 0; }
            int cuDeviceGetName(char *name, int length, int device) {
              if (device == 12) return 101;
              strncpy(name, device == 10 ? "NVIDIA H200" : "NVIDIA L4", length);
              return 0;
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void cardsByTheirNumbers() throws Exception {
        assertEquals(List.of("NVIDIA H200", "NVIDIA L4", "a card without a name"), CudaDriver.cards(compiled(TWO_CARDS)));
    }

    @Test
    void aDriverThatDoesNotStartHasNone() throws Exception {
        assertEquals(List.of(), CudaDriver.cards(compiled("int cuInit(unsigned flags) { return 100; }")));
    }

    @Test
    void noDriverNoCard() {
        assertEquals(List.of(), CudaDriver.cards(folder.resolve("libnone.so").toString()));
    }

    private String compiled(String source) throws IOException, InterruptedException {
        boolean compiler = Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, "cc")));
        assumeTrue(compiler, "needs a C compiler (cc)");
        Path code = Files.writeString(folder.resolve("driver.c"), source);
        Path library = folder.resolve("libdriver.so");
        Process cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), code.toString()).inheritIO().start();
        assertEquals(0, cc.waitFor());
        return library.toString();
    }
}
