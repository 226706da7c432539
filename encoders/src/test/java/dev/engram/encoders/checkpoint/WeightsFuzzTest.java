package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.engram.encoders.file.CorruptFileException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Samples with seeded damage: whatever the bytes, the readers answer or refuse; they take no more heap than a file may, and end soon.
 * {@code mvn -Pnightly} tries a million inputs instead of twenty thousand.
 */
class WeightsFuzzTest {
    private static final int INPUTS = Integer.getInteger("engram.fuzz.inputs", 20_000);
    private static final long SEED = Long.getLong("engram.fuzz.seed", 20_240_909);
    private static final long MOST_ELEMENTS = 1 << 16;
    private static final long MOST_SECONDS = 5;
    /** Strings, exceptions and the growth of lists are garbage that the budget does not count. */
    private static final long GARBAGE = 8L << 20;

    @Test
    void noDamageDoesMoreThanBeRefused() {
        List<byte[]> samples = samples();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int readable = 0;
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = new Mutation(new SplittableRandom(SEED + i)).of(samples.get(i % samples.size()));
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long time = thread.getCurrentThreadCpuTime();
            try {
                readAll(input);
                readable++;
            } catch (CorruptFileException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("fuzz"), e.getMessage());
            } catch (RuntimeException | Error e) {
                fail("input " + i + " of seed " + SEED, e);
            }
            long taken = thread.getCurrentThreadAllocatedBytes() - allocated;
            long most = GARBAGE + 2 * ((16L << 20) + 2L * input.length);
            assertTrue(taken <= most, "input " + i + " of seed " + SEED + " took " + taken + " bytes of heap");
            long seconds = (thread.getCurrentThreadCpuTime() - time) / 1_000_000_000L;
            assertTrue(seconds < MOST_SECONDS, "input " + i + " of seed " + SEED + " took " + seconds + " s");
        }
        assertEquals(INPUTS, readable + refused);
        assertTrue(readable > INPUTS / 100 && refused > INPUTS / 4, readable + " readable, " + refused + " refused");
    }

    private static void readAll(byte[] input) {
        try (WeightsFile file = WeightsFile.of("fuzz", input)) {
            for (StoredState state : file.states()) {
                for (StoredTensor tensor : state.tensors().values()) {
                    if (tensor.elements() <= MOST_ELEMENTS) {
                        assertEquals(tensor.elements() * tensor.type().inMemory().bytes(), tensor.read().remaining());
                    }
                }
            }
        }
    }

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (String name : WeightsSamples.GOOD) {
            samples.add(withoutChecksums(WeightsSamples.bytes(name)));
        }
        for (String name : new String[] {"laughs.pt", "self.pt", "huge-view.pt", "bomb.pt", "count.pth", "execute.pt"}) {
            samples.add(withoutChecksums(WeightsSamples.bytes("hostile-" + name)));
        }
        return samples;
    }

    /** A zip file whose checksums are 0, which means not computed: damage reaches the pickle machine. */
    private static byte[] withoutChecksums(byte[] file) {
        for (int i = 0; file[0] == 'P' && i < file.length - 20; i++) {
            if (file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 1 && file[i + 3] == 2) {
                for (int at = i + 16; at < i + 20; at++) {
                    file[at] = 0;
                }
            }
        }
        return file;
    }

    /** One to eight changes of a file. */
    private record Mutation(SplittableRandom random) {
        private static final int[] TELLING = {0, 1, 0x7f, 0x80, 0xff, '(', ')', '.', ']', '}', 'R', 'b', 'e', 'u', 't', 'h', 'q', 'Q', 0x85, 0x95};

        byte[] of(byte[] sample) {
            byte[] bytes = sample.clone();
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes && bytes.length > 16; i++) {
                bytes = change(bytes);
            }
            return bytes;
        }

        private byte[] change(byte[] bytes) {
            int at = place(bytes);
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1, 2 -> bytes[at] = (byte) TELLING[random.nextInt(TELLING.length)];
                case 3 -> bytes[at] = (byte) random.nextInt(256);
                case 4 -> fill(bytes, at);
                case 5 -> {
                    return Arrays.copyOf(bytes, random.nextInt(8) == 0 ? at : bytes.length);
                }
                case 6 -> copyWithin(bytes, at);
                default -> {
                    return spliced(bytes, at);
                }
            }
            return bytes;
        }

        /** Most structure is near the beginning or the end. */
        private int place(byte[] bytes) {
            int near = Math.min(bytes.length, 1024);
            return switch (random.nextInt(3)) {
                case 0 -> random.nextInt(near);
                case 1 -> bytes.length - 1 - random.nextInt(near);
                default -> random.nextInt(bytes.length);
            };
        }

        private void fill(byte[] bytes, int at) {
            byte value = (byte) (random.nextBoolean() ? 0xff : 0);
            for (int i = at; i < Math.min(bytes.length, at + 8); i++) {
                bytes[i] = value;
            }
        }

        private void copyWithin(byte[] bytes, int at) {
            int length = Math.min(1 + random.nextInt(32), bytes.length - at);
            int from = random.nextInt(bytes.length - length + 1);
            System.arraycopy(bytes, from, bytes, at, length);
        }

        /** With a piece taken out, or put in twice. */
        private byte[] spliced(byte[] bytes, int at) {
            int length = Math.min(1 + random.nextInt(16), bytes.length - at);
            boolean out = random.nextBoolean();
            byte[] result = new byte[bytes.length + (out ? -length : length)];
            System.arraycopy(bytes, 0, result, 0, at);
            if (out) {
                System.arraycopy(bytes, at + length, result, at, bytes.length - at - length);
            } else {
                System.arraycopy(bytes, at, result, at, length);
                System.arraycopy(bytes, at, result, at + length, bytes.length - at);
            }
            return result;
        }
    }
}
