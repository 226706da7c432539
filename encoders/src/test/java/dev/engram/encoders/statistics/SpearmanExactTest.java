package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpearmanExactTest {

    /** Of n! orders two are perfect. */
    @Test
    void perfectOrdersOfAFew() {
        assertEquals(2 / 6.0, SpearmanRank.exactP(new double[] {1, 4, 12}, new double[] {0.3, 0.2, 0.1}), 1e-12);
        assertEquals(2 / 120.0, SpearmanRank.exactP(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 9}), 1e-12);
        assertEquals(2 / 40320.0, SpearmanRank.exactP(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new double[] {1, 2, 3, 4, 5, 6, 7, 8}), 1e-12);
    }

    /** From the published table of n = 5: P(|rho| at least 0.9) = 0.0833, at least 0.7: 0.2333. */
    @Test
    void tabulatedValues() {
        assertEquals(10 / 120.0, SpearmanRank.exactP(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 5, 4}), 1e-12);
        assertEquals(28 / 120.0, SpearmanRank.exactP(new double[] {1, 2, 3, 4, 5}, new double[] {3, 1, 2, 4, 5}), 1e-12);
    }

    /** Two trainings at each of two places: of 24 orders 8 put both higher ones at one place. */
    @Test
    void tiesCountAsTies() {
        assertEquals(8 / 24.0, SpearmanRank.exactP(new double[] {1, 1, 2, 2}, new double[] {0.1, 0.2, 0.3, 0.4}), 1e-12);
    }

    @Test
    void whatHasNoAnswer() {
        assertEquals(Double.NaN, SpearmanRank.exactP(new double[] {1, 2, 3}, new double[] {5, 5, 5}));
        assertThrows(IllegalArgumentException.class, () -> SpearmanRank.exactP(new double[9], new double[9]));
    }
}
