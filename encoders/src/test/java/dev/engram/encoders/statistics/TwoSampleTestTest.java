package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.statistics.TwoSampleTest.Alternative;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwoSampleTestTest {
    private static final double RELATIVE = 1e-9;

    /** Values by scipy.stats.ttest_ind; src/test/oracle/two_sample_tests.py made them. */
    static Stream<double[]> oracle() throws IOException {
        return OracleRows.of("two-sample-tests.csv");
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void agreesWithScipy(double[] row) {
        int seed = (int) row[4];
        double[] first = sample((int) row[0], row[2], row[3], seed);
        double[] second = sample((int) row[1], 0, 1, seed + 100);
        TwoSampleTest greater = TwoSampleTest.of(first, second, Alternative.GREATER);
        TwoSampleTest twoSided = TwoSampleTest.of(first, second, Alternative.TWO_SIDED);
        assertAll(
                () -> near(row[5], greater.t()),
                () -> near(row[6], greater.p()),
                () -> near(row[7], greater.welchT()),
                () -> near(row[8], greater.welchP()),
                () -> near(row[9], twoSided.t()),
                () -> near(row[10], twoSided.p()),
                () -> near(row[11], twoSided.welchT()),
                () -> near(row[12], twoSided.welchP()),
                () -> near(row[13], greater.effect()));
    }

    @Test
    void samplesWithoutVariance() {
        double[] zeros = {0, 0, 0};
        TwoSampleTest same = TwoSampleTest.of(zeros, zeros, Alternative.GREATER);
        assertEquals(new TwoSampleTest(0, 0, 0.5, 0, 0.5, 0), same);
        assertEquals(1, TwoSampleTest.of(zeros, zeros, Alternative.TWO_SIDED).p());
        TwoSampleTest apart = TwoSampleTest.of(new double[] {1, 1}, zeros, Alternative.GREATER);
        assertEquals(Double.POSITIVE_INFINITY, apart.t());
        assertEquals(0, apart.p());
        assertEquals(1, TwoSampleTest.of(zeros, new double[] {1, 1}, Alternative.GREATER).p());
    }

    @Test
    void oneValueIsNoSample() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TwoSampleTest.of(new double[] {1}, new double[] {1, 2}, Alternative.GREATER));
    }

    private static double[] sample(int n, double mean, double deviation, int seed) {
        return IntStream.rangeClosed(1, n)
                .mapToDouble(i -> mean + deviation * Math.sin(i * (1.0 + seed * 0.37) + seed))
                .toArray();
    }

    private static void near(double expected, double actual) {
        assertEquals(expected, actual, RELATIVE * Math.abs(expected) + 1e-300);
    }
}
