package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set larger than the heap is packed and trained on. By default 96 MiB in a heap of 48 MiB; the profile {@code nightly} takes
 * 1 GiB in 512 MiB.
 */
class LargeSetTest {
    private static final long SET = Long.getLong("engram.large-set.mebibytes", 96) << 20;
    private static final String HEAP = "-Xmx" + Long.getLong("engram.large-set.heap-mebibytes", 48) + "m";

    @TempDir
    Path folder;

    @Test
    void aSetLargerThanTheHeapIsPackedAndTrainedOn() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP, "-XX:MaxDirectMemorySize=16m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                LargeSet.class.getName(), folder.toString(), Long.toString(SET)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(10, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        String[] said = Arrays.stream(output.split("\n")).filter(line -> line.startsWith("images ")).findFirst().orElseThrow().split(" ");
        System.out.println(String.join(" ", said));
        assertTrue(Long.parseLong(said[3]) >= SET);
        assertTrue(Integer.parseInt(said[5]) >= SET >> 28);
        assertTrue(Long.parseLong(said[7]) < SET);
    }
}
