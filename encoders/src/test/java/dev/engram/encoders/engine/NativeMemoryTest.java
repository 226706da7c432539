package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final Path STATISTICS = Path.of("/proc/self/stat");
    private static final int MINOR_FAULTS = 7;
    private static final long MEGABYTE = 1 << 20;

    /** 64 MB are 16,384 pages; given back to the kernel each time, 20 runs would fault 327,680 times. The JVM itself takes thousands. */
    @Test
    void memoryThatWasFreedIsUsedAgainWithoutThePagesBeingClearedAnew() throws IOException {
        assumeTrue(Files.isReadable(STATISTICS), "the system does not count page faults in " + STATISTICS);
        try (Scope scope = Scope.open();
                TorchProgram fill = TorchProgram.compile("""
                        def forward(self, x: Tensor) -> Tensor:
                          return torch.sum(torch.add(x, 1.))
                        """)) {
            Tensor large = scope.zeros(ElementType.FLOAT32, 16 * MEGABYTE);
            for (int i = 0; i < 2; i++) {
                fill.run(scope, large).tensor().close();
            }
            long before = faults();
            for (int i = 0; i < 20; i++) {
                fill.run(scope, large).tensor().close();
            }
            long faults = faults() - before;
            assertTrue(faults < 60_000, faults + " page faults");
        }
    }

    private static long faults() throws IOException {
        String statistics = Files.readString(STATISTICS);
        return Long.parseLong(
                statistics.substring(statistics.lastIndexOf(')') + 2).split(" ")[MINOR_FAULTS]);
    }
}
