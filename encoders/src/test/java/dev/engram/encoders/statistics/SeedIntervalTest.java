package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SeedIntervalTest {
    /** scipy.stats.t.interval(0.95, n - 1, mean, sem). */
    @Test
    void threeSeeds() {
        SeedInterval interval = SeedInterval.of(new double[] {0.30, 0.33, 0.27});
        assertEquals(0.30, interval.mean(), 1e-12);
        assertEquals(0.03, interval.std(), 1e-12);
        assertEquals(0.22547586864749009, interval.low(), 1e-10);
        assertEquals(0.3745241313525099, interval.high(), 1e-10);
    }

    @Test
    void withoutSpreadItIsAPoint() {
        SeedInterval point = SeedInterval.of(new double[] {0.5, 0.5, 0.5, 0.5});
        assertEquals(new SeedInterval(0.5, 0, 0.5, 0.5), point);
    }

    @Test
    void oneValueHasNone() {
        assertThrows(IllegalArgumentException.class, () -> SeedInterval.of(new double[] {1}));
    }
}
