package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankCorrelationTest {
    private static final double RELATIVE = 1e-9;

    /** Values by scipy.stats; src/test/oracle/rank_correlations.py made them. */
    static Stream<double[]> oracle() throws IOException {
        return OracleRows.of("rank-correlations.csv");
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void agreesWithScipy(double[] row) {
        double[][] rankings = rankings((int) row[0], row[1], (int) row[2], (int) row[3]);
        RankCorrelation tau = KendallTau.of(rankings[0], rankings[1]);
        RankCorrelation rho = SpearmanRank.of(rankings[0], rankings[1]);
        assertAll(
                () -> near(row[4], tau.value()),
                () -> near(row[5], tau.p()),
                () -> near(row[6], rho.value()),
                () -> near(row[7], rho.p()));
    }

    /** Of (1, 2, 3, 4) and (1, 3, 2, 4), 5 of 6 pairs are ordered alike. */
    @Test
    void countsPairs() {
        assertEquals(4 / 6.0, KendallTau.of(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4}).value(), 1e-15);
        assertEquals(0.8, SpearmanRank.of(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4}).value(), 1e-15);
    }

    @Test
    void agreesWithTheDefinition() {
        double[][] tied = rankings(60, 0.7, 3, 11);
        assertEquals(naive(tied[0], tied[1]), KendallTau.of(tied[0], tied[1]).value(), 1e-14);
    }

    @Test
    void oneOrderIsOneAndItsReverseMinusOne() {
        double[] up = IntStream.range(0, 50).mapToDouble(i -> i * i).toArray();
        double[] down = Arrays.stream(up).map(value -> -value).toArray();
        assertEquals(1, KendallTau.of(up, up).value());
        assertEquals(-1, KendallTau.of(up, down).value());
        assertEquals(1, SpearmanRank.of(up, up).value(), 1e-15);
        assertEquals(-1, SpearmanRank.of(up, down).value(), 1e-15);
        assertTrue(KendallTau.of(up, up).p() < 1e-20);
    }

    @Test
    void aRankingOfOneValueHasNone() {
        double[] flat = new double[5];
        double[] up = {1, 2, 3, 4, 5};
        assertTrue(Double.isNaN(KendallTau.of(flat, up).value()));
        assertTrue(Double.isNaN(KendallTau.of(up, flat).p()));
        assertTrue(Double.isNaN(SpearmanRank.of(flat, up).value()));
        assertEquals(1, KendallTau.of(new double[] {1, 2}, new double[] {3, 4}).value());
        assertThrows(IllegalArgumentException.class, () -> KendallTau.of(flat, new double[4]));
        assertThrows(IllegalArgumentException.class, () -> SpearmanRank.of(new double[1], new double[1]));
    }

    @Test
    void rankingsAreLeftAsTheyAre() {
        double[] first = {3, 1, 2};
        double[] second = {1, 3, 2};
        KendallTau.of(first, second);
        assertArrayEquals(new double[] {3, 1, 2}, first);
        assertArrayEquals(new double[] {1, 3, 2}, second);
    }

    /** scipy.stats.norm.sf, twice. */
    @Test
    void theNormalTail() {
        assertEquals(1, NormalTail.twoSided(0));
        near(0.6170750774519738, NormalTail.twoSided(0.5));
        near(0.05, NormalTail.twoSided(-1.959963984540054));
        near(0.0026997960632601866, NormalTail.twoSided(3));
        near(1.973175290075389e-09, NormalTail.twoSided(6));
        near(1.948189783787375e-72, NormalTail.twoSided(18));
    }

    /** scipy.stats.t.isf. */
    @Test
    void quantilesOfStudentsT() {
        near(12.706204736174705, StudentT.quantile(0.025, 1));
        near(4.302652729749464, StudentT.quantile(0.025, 2));
        near(2.7764451051977943, StudentT.quantile(0.025, 4));
        near(1.6972608865939574, StudentT.quantile(0.05, 30));
        near(3.207015628439489, StudentT.quantile(0.005, 9.5));
        assertEquals(0, StudentT.quantile(0.5, 3), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(0, 3));
    }

    private static double naive(double[] x, double[] y) {
        double sum = 0;
        double untiedX = 0;
        double untiedY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]);
                untiedX += x[i] == x[j] ? 0 : 1;
                untiedY += y[i] == y[j] ? 0 : 1;
            }
        }
        return sum / Math.sqrt(untiedX * untiedY);
    }

    private static double[][] rankings(int n, double strength, int levels, int seed) {
        double[][] rankings = new double[2][n];
        for (int k = 0; k < n; k++) {
            double i = k + 1;
            double common = Math.sin(i * (1.0 + seed * 0.37));
            double a = strength * common + Math.sin(i * (2.0 + seed * 0.11) + 1);
            double b = Math.abs(strength) * common + Math.sin(i * (3.0 + seed * 0.07) + 2);
            rankings[0][k] = levels == 0 ? a : Math.floor(a * levels);
            rankings[1][k] = levels == 0 ? b : Math.floor(b * levels);
        }
        return rankings;
    }

    private static void near(double expected, double actual) {
        assertEquals(expected, actual, RELATIVE * Math.abs(expected));
    }
}
