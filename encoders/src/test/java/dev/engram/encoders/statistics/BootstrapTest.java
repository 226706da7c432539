package dev.engram.encoders.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void agreesWithTheNormalIntervalOnALargeSample() {
        double[] values = normal(2000, 3);
        Interval interval = new Bootstrap(0, 4000).means(new double[][] {values})[0];
        double error = standardError(values);
        assertEquals(interval.mean() - 1.96 * error, interval.low(), 0.1 * error);
        assertEquals(interval.mean() + 1.96 * error, interval.high(), 0.1 * error);
    }

    @Test
    void coversTheTrueMeanAboutAsOftenAsItSays() {
        int covered = 0;
        for (int trial = 0; trial < 300; trial++) {
            Interval interval = new Bootstrap(trial, 400).means(new double[][] {normal(60, 100 + trial)})[0];
            covered += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }
        // 95 % of 300 is 285; four standard deviations of the count, and the interval's known optimism at n = 60.
        assertEquals(285, covered, 18);
    }

    @Test
    void sameSeedSameBitsWhateverTheOtherColumns() {
        double[] values = normal(40, 1);
        Interval alone = new Bootstrap(7, 200).means(new double[][] {values})[0];
        Interval[] together = new Bootstrap(7, 200).means(new double[][] {normal(40, 2), values});
        assertEquals(alone, together[1]);
        assertNotEquals(alone, new Bootstrap(8, 200).means(new double[][] {values})[0]);
    }

    /** Two sets of one size are resampled independently: a set minus itself still has the interval of a difference. */
    @Test
    void aDifferenceAgreesWithTheNormalInterval() {
        double[] values = normal(2000, 3);
        double[] others = normal(1500, 4);
        Interval interval = new Bootstrap(0, 4000).differences(new double[][] {values}, new double[][] {others})[0];
        double error = Math.hypot(standardError(values), standardError(others));
        assertEquals(TwoSampleTest.mean(values) - TwoSampleTest.mean(others), interval.mean(), 1e-15);
        assertEquals(interval.mean() - 1.96 * error, interval.low(), 0.1 * error);
        assertEquals(interval.mean() + 1.96 * error, interval.high(), 0.1 * error);
        Interval itself = new Bootstrap(0, 4000).differences(new double[][] {values}, new double[][] {values})[0];
        assertEquals(0, itself.mean());
        assertEquals(2 * 1.96 * Math.sqrt(2) * standardError(values), itself.high() - itself.low(), 0.2 * standardError(values));
    }

    @Test
    void constantsHaveNoWidth() {
        assertEquals(new Interval(2, 2, 2), new Bootstrap(0, 100).means(new double[][] {{2, 2, 2}})[0]);
        assertEquals(new Interval(5, 5, 5), new Bootstrap(0, 100).means(new double[][] {{5}})[0]);
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 99));
    }

    @Test
    void quantilesInterpolateLinearly() {
        double[] ascending = {1, 2, 4, 8};
        double[] quantiles = {
            Bootstrap.quantile(ascending, 0), Bootstrap.quantile(ascending, 0.5), Bootstrap.quantile(ascending, 0.9),
            Bootstrap.quantile(ascending, 1)
        };
        assertArrayEquals(new double[] {1, 3, 6.8, 8}, quantiles, 1e-12);
    }

    private static double[] normal(int n, int seed) {
        RandomStream draws = StatelessRandom.of(seed, "bootstrap test").at(0, 0, 0);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = draws.normal();
        }
        return values;
    }

    private static double standardError(double[] values) {
        double mean = TwoSampleTest.mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1) / values.length);
    }
}
