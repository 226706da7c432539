package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
    @Test
    void betweenTheTwoNearestValues() {
        double[] values = {4, 1, 3, 2};
        assertEquals(1, Percentile.of(values, 0));
        assertEquals(4, Percentile.of(values, 100));
        assertEquals(2.5, Percentile.of(values, 50));
        assertEquals(3.7, Percentile.of(values, 90), 1e-15);
        assertEquals(5, Percentile.of(new double[] {5}, 37));
        assertArrayEquals(new double[] {4, 1, 3, 2}, values);
    }

    /** Of 98,304 distinct values, 9,831 are at or above the 90th percentile (counted with numpy). */
    @Test
    void theTopTenPercent() {
        double[] values = IntStream.range(0, 98_304).mapToDouble(i -> i).toArray();
        double threshold = Percentile.of(values, 90);
        assertEquals(9_831, Arrays.stream(values).filter(value -> value >= threshold).count());
    }

    @Test
    void nothingAndNoPercentAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Percentile.of(new double[0], 50));
        assertThrows(IllegalArgumentException.class, () -> Percentile.of(new double[] {1}, 101));
        assertThrows(IllegalArgumentException.class, () -> Percentile.of(new double[] {1}, Double.NaN));
    }
}
