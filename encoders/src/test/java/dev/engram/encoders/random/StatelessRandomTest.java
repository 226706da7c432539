package dev.engram.encoders.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatelessRandomTest {
    private static final int DRAWS = 200_000;

    /** Stored results are reproducible only while these stay as they are. */
    private static final int FROZEN_BITS = -131529715;
    private static final double FROZEN_UNIFORM = 0.6775084195844914;
    private static final double FROZEN_NORMAL = 0.8038223569177743;
    private static final int[] FROZEN_ORDER = {3, 7, 5, 2, 4, 0, 6, 1};

    private final StatelessRandom random = StatelessRandom.of(42, "test");

    @Test
    void drawsDependOnlyOnTheirCoordinates() {
        double first = random.at(3, 17, 1).uniform();
        random.at(4, 0, 0).uniform();
        assertEquals(first, StatelessRandom.of(42, "test").at(3, 17, 1).uniform());
    }

    @Test
    void everyCoordinateMatters() {
        Set<Double> firsts = new HashSet<>();
        for (long seed : new long[] {0, 1, -1, 1L << 40}) {
            for (String purpose : new String[] {"augment", "init", "a", "b"}) {
                StatelessRandom source = StatelessRandom.of(seed, purpose);
                for (int i = 0; i < 5; i++) {
                    assertTrue(firsts.add(source.at(i + 1, 0, 0).uniform()));
                    assertTrue(firsts.add(source.at(0, i + 1, 0).uniform()));
                    assertTrue(firsts.add(source.at(0, 0, i + 1).uniform()));
                }
            }
        }
    }

    @Test
    void valuesAreFrozen() {
        RandomStream draws = StatelessRandom.of(2026, "augment").at(1, 2, 3);
        assertEquals(FROZEN_BITS, draws.bits());
        assertEquals(FROZEN_UNIFORM, draws.uniform());
        assertEquals(FROZEN_NORMAL, draws.normal());
        assertArrayEquals(FROZEN_ORDER, draws.permutation(8));
    }

    @Test
    void uniformHasItsMomentsAndRange() {
        RandomStream draws = random.at(0, 0, 0);
        double[] values = IntStream.range(0, DRAWS).mapToDouble(i -> draws.uniform(2, 5)).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        assertEquals(3.5, mean, 5 * 0.87 / Math.sqrt(DRAWS));
        assertTrue(Arrays.stream(values).allMatch(v -> v >= 2 && v < 5));
    }

    @Test
    void normalHasItsFirstFourMoments() {
        RandomStream draws = random.at(0, 1, 0);
        double[] moments = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double z = draws.normal();
            for (int order = 1; order <= 4; order++) {
                moments[order] += Math.pow(z, order) / DRAWS;
            }
        }
        assertEquals(0, moments[1], 5 / Math.sqrt(DRAWS));
        assertEquals(1, moments[2], 5 * Math.sqrt(2.0 / DRAWS));
        assertEquals(0, moments[3], 5 * Math.sqrt(15.0 / DRAWS));
        assertEquals(3, moments[4], 5 * Math.sqrt(96.0 / DRAWS));
    }

    @Test
    void uniformIntIsUnbiasedAndInRange() {
        RandomStream draws = random.at(0, 2, 0);
        int bound = 7;
        int[] counts = new int[bound];
        for (int i = 0; i < DRAWS; i++) {
            counts[draws.uniformInt(bound)]++;
        }
        double expected = (double) DRAWS / bound;
        double chiSquared = Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        assertTrue(chiSquared < 22.5, "chi squared with 6 degrees of freedom, p = 0.001: " + chiSquared);
    }

    @Test
    void bernoulliHasItsRateAndItsEnds() {
        RandomStream draws = random.at(0, 3, 0);
        long hits = IntStream.range(0, DRAWS).filter(i -> draws.bernoulli(0.3)).count();
        assertEquals(0.3, (double) hits / DRAWS, 5 * Math.sqrt(0.21 / DRAWS));
        assertTrue(IntStream.range(0, 100).allMatch(i -> draws.bernoulli(1)));
        assertFalse(IntStream.range(0, 100).anyMatch(i -> draws.bernoulli(0)));
    }

    @Test
    void permutationIsAPermutationOfItsEpoch() {
        int[] order = random.permutation(1000, 5);
        assertArrayEquals(IntStream.range(0, 1000).toArray(), Arrays.stream(order).sorted().toArray());
        assertArrayEquals(order, random.permutation(1000, 5));
        assertNotEquals(Arrays.toString(order), Arrays.toString(random.permutation(1000, 6)));
    }

    @Test
    void everyOrderOfThreeIsEquallyLikely() {
        int[] counts = new int[9];
        int trials = 60_000;
        for (int i = 0; i < trials; i++) {
            int[] order = random.at(0, i, 9).permutation(3);
            counts[order[0] * 3 + order[1]]++;
        }
        for (int count : counts) {
            assertTrue(count == 0 || Math.abs(count - trials / 6.0) < 5 * Math.sqrt(trials / 6.0), Arrays.toString(counts));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        RandomStream draws = random.at(0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> StatelessRandom.of(1, " "));
        assertThrows(IllegalArgumentException.class, () -> draws.uniformInt(0));
        assertThrows(IllegalArgumentException.class, () -> draws.bernoulli(1.1));
        assertThrows(IllegalArgumentException.class, () -> draws.bernoulli(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> draws.uniform(1, 0));
        assertThrows(IllegalArgumentException.class, () -> draws.permutation(-1));
    }
}
