package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.engram.encoders.file.CorruptFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Pickles whose few bytes ask for the same long thing again and again. */
class CostlyPicklesTest {
    private static final int CALLS = 20_000;
    /** As in {@link WeightsFuzzTest}. */
    private static final long GARBAGE = 8L << 20;
    private static final long MOST_SECONDS = 6;

    @Test
    void copiesOfADictionaryAreCharged() {
        Pickle pickle = new Pickle().name("collections", "OrderedDict").op("q\0").op("](");
        for (int i = 0; i < 500; i++) {
            pickle.op("NN\u0086");
        }
        refused(pickle.op("eq\1").op("h\0h\1\u0085R0".repeat(CALLS)).op("}."));
    }

    @Test
    void copiesOfATextAreCharged() {
        refused(new Pickle().name("_codecs", "encode").op("q\0").text("a".repeat(4000)).op("q\1")
                .op("h\0h\1\u0085R0".repeat(CALLS)).op("}."));
    }

    @Test
    void shapesOfTensorsAreCharged() {
        refused(new Pickle().name("torch._utils", "_rebuild_tensor").op("q\0").op("(")
                .op("(").text("storage").name("torch", "FloatStorage").text("0").text("cpu").op("K\4tQ")
                .op("K\0").op("(" + "K\1".repeat(64) + "t").op("(" + "K\0".repeat(64) + "t").op("tq\1")
                .op("h\0h\1R0".repeat(CALLS)).op("}."));
    }

    /** A foreign object whose groups of parameters, buffers and modules are one, forty times inside each other. */
    @Test
    void aGroupThatIsMetAgainIsNotSearchedAgain() {
        Pickle pickle = new Pickle().op("}q\0");
        for (int level = 1; level < 40; level++) {
            String below = "h" + (char) (level - 1);
            pickle.op("}(").text("_parameters").op(below).text("_buffers").op(below).text("_modules").op(below).op("uq" + (char) level);
        }
        byte[] file = pickle.name("my", "Module").op(")\u0081h\47b.").file();
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            try (WeightsFile weights = WeightsFile.of("groups", file)) {
                assertEquals(List.of(), weights.states());
                assertEquals(List.of("my.Module"), weights.foreign());
            }
        });
    }

    /** Names that all have one hash code: {@code Aa} and {@code BB} have. */
    @Test
    void namesThatCollideAreStillFoundFast() throws IOException {
        int names = 48_000;
        Pickle pickle = new Pickle();
        for (int i = 0; i < names; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            pickle.name("m", name.toString()).op("0");
        }
        byte[] file = pickle.op("}.").file();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        try (WeightsFile weights = WeightsFile.of("names", file)) {
            assertEquals(names, weights.foreign().size());
        }
        long seconds = (thread.getCurrentThreadCpuTime() - before) / 1_000_000_000L;
        assertTrue(seconds < MOST_SECONDS, seconds + " s of processor time");
    }

    private static void refused(Pickle pickle) {
        byte[] file = pickle.file();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        var refused = assertThrows(CorruptFileException.class, () -> WeightsFile.of("costly", file).close());
        long taken = thread.getCurrentThreadAllocatedBytes() - before;
        assertTrue(refused.getMessage().contains("more than 16 MiB"), refused.getMessage());
        assertTrue(taken < GARBAGE + 2 * ((16L << 20) + 2L * file.length), taken + " bytes of heap");
    }

    /** Opcodes of protocol 2 by hand, as characters. */
    private static final class Pickle {
        private final StringBuilder code = new StringBuilder("\u0080\2");

        Pickle op(String codes) {
            code.append(codes);
            return this;
        }

        Pickle name(String module, String name) {
            return op("c" + module + "\n" + name + "\n");
        }

        Pickle text(String text) {
            byte[] length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length()).array();
            return op("X" + new String(length, StandardCharsets.ISO_8859_1) + text);
        }

        byte[] file() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("archive/data.pkl"));
                zip.write(code.toString().getBytes(StandardCharsets.ISO_8859_1));
                zip.putNextEntry(new ZipEntry("archive/data/0"));
                zip.write(new byte[16]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return out.toByteArray();
        }
    }
}
