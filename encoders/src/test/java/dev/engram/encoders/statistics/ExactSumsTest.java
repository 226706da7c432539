package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
    private static final float[] EXTREMES = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 1f, -1f, 0.1f, 1e-30f
    };

    @Test
    void equalsTheSumInArbitraryPrecision() {
        RandomStream draws = StatelessRandom.of(1, "exact sums").at(0, 0, 0);
        for (int round = 0; round < 200; round++) {
            ExactSums sums = new ExactSums(1);
            BigDecimal oracle = BigDecimal.ZERO;
            for (int i = 0; i < 50; i++) {
                float value = i % 5 == 0 ? EXTREMES[draws.uniformInt(EXTREMES.length)] : anyFinite(draws);
                sums.add(0, value);
                oracle = oracle.add(new BigDecimal(value));
            }
            assertEquals(oracle.doubleValue(), sums.value(0));
        }
    }

    @Test
    void whatIsTakenOutAgainLeavesTheRestExactly() {
        ExactSums sums = new ExactSums(2);
        sums.add(1, 1e30f);
        sums.add(1, 3e-20f);
        assertEquals((double) 3e-20f, sums.valueWithout(1, 1e30f));
        assertEquals(0, sums.value(0));
    }

    @Test
    void orderAndShardsChangeNoBit() throws Exception {
        RandomStream draws = StatelessRandom.of(2, "exact sums").at(0, 0, 0);
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = anyFinite(draws);
        }
        ExactSums forward = new ExactSums(1);
        ExactSums left = new ExactSums(1);
        ExactSums right = new ExactSums(1);
        for (int i = 0; i < values.length; i++) {
            forward.add(0, values[i]);
            (i % 3 == 0 ? left : right).add(0, values[values.length - 1 - i]);
        }
        right.merge(left);
        assertEquals(hex(forward), hex(right));
        assertEquals(hex(forward), hex(ExactSums.read(new DataInputStream(new ByteArrayInputStream(bytes(right))))));
    }

    @Test
    void refusesWhatIsNoNumber() {
        ExactSums sums = new ExactSums(1);
        assertThrows(IllegalArgumentException.class, () -> sums.add(0, Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> sums.add(0, Float.NEGATIVE_INFINITY));
        assertThrows(IndexOutOfBoundsException.class, () -> sums.add(1, 0));
        assertThrows(IllegalArgumentException.class, () -> sums.merge(new ExactSums(2)));
    }

    private static float anyFinite(RandomStream draws) {
        float value = Float.intBitsToFloat(draws.bits());
        return Float.isFinite(value) ? value : 0.5f;
    }

    private static byte[] bytes(ExactSums sums) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sums.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static String hex(ExactSums sums) throws Exception {
        return java.util.HexFormat.of().formatHex(bytes(sums));
    }
}
