package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.launch.WorkerEnd.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPostMortemTest {
    @TempDir
    Path directory;

    @Test
    void signalsAreNamed() {
        WorkerEnd killed = examine(137, List.of("some output"));
        assertEquals(Cause.DIED, killed.cause());
        assertEquals("the worker was killed by signal 9 (SIGKILL); if nobody did, the machine may be out of memory", killed.message());
        assertEquals("the worker was killed by signal 6 (SIGABRT); its last output: terminate called", examine(134, List.of("terminate called", "")).message());
    }

    @Test
    void exitCodesOfTheWorkerAreKnown() {
        assertEquals(Cause.DONE, examine(0, List.of()).cause());
        assertEquals(Cause.NOT_MINE, examine(10, List.of()).cause());
        assertEquals("the worker exited with code 42; its last output: b | c | d", examine(42, List.of("a", "b", "c", "d")).message());
        assertTrue(examine(13, List.of("ENGRAM_HOME is missing")).message().contains("ENGRAM_HOME is missing"));
    }

    @Test
    void memoryThatRanOutIsToldWithItsLimit() {
        WorkerEnd end = examine(3, List.of("x", "Terminating due to java.lang.OutOfMemoryError: Java heap space", "y"));
        assertEquals(Cause.OUT_OF_MEMORY, end.cause());
        assertEquals("the worker ran out of memory: OutOfMemoryError: Java heap space (heap limit 1g, engram.worker.heap)", end.message());
    }

    @Test
    void aCrashReportIsSummedUp() throws Exception {
        Path report = directory.resolve("hs_err-1.log");
        Files.writeString(report, """
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2
                #
                # Problematic frame:
                # C  [libtorch_cpu.so+0x3a]  at::native::add+0x10
                #
                """);
        WorkerEnd end = WorkerPostMortem.examine(134, List.of("# noise"), report, "1g");
        assertEquals(
                "the worker crashed in native code: SIGSEGV (0xb) in C [libtorch_cpu.so+0x3a] at::native::add+0x10; details in " + report,
                end.message());
    }

    private WorkerEnd examine(int code, List<String> tail) {
        return WorkerPostMortem.examine(code, tail, directory.resolve("none.log"), "1g");
    }
}
