package dev.engram.encoders.statistics;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;

/**
 * Percentile bootstrap intervals of means (B. Efron, "Bootstrap methods: another look at the jackknife", 1979).
 *
 * <p>Resample {@code r} is a function of (seed, sample size, r) alone; all columns of one call share it, so that intervals of
 * different layers over the same images are comparable and a difference of columns has the interval of the paired difference.
 * Cost: resamples × images × columns multiply-adds.
 *
 * @param seed of the draws
 * @param resamples at least 100
 */
public record Bootstrap(long seed, int resamples) {
    private static final double TAIL = 0.025;

    public Bootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("resamples: must be at least 100, was " + resamples);
        }
    }

    /**
     * The mean of each column with its 95 % interval.
     *
     * @param columns {@code [columns][images]}, all of one length, at least 1
     */
    public Interval[] means(double[][] columns) {
        double[][] resampled = resampledMeans(columns, "bootstrap");
        Interval[] intervals = new Interval[columns.length];
        for (int column = 0; column < columns.length; column++) {
            intervals[column] = interval(TwoSampleTest.mean(columns[column]), resampled[column]);
        }
        return intervals;
    }

    /**
     * The mean of each column minus that of the same column over other images, with its 95 % interval. The two sets of images are
     * resampled independently of one another, also when they are of one size.
     *
     * @param columns {@code [columns][images]}
     * @param others {@code [columns][other images]}
     */
    public Interval[] differences(double[][] columns, double[][] others) {
        double[][] resampled = resampledMeans(columns, "bootstrap");
        double[][] against = resampledMeans(others, "bootstrap, others");
        Interval[] intervals = new Interval[columns.length];
        for (int column = 0; column < columns.length; column++) {
            double[] differences = resampled[column];
            for (int r = 0; r < resamples; r++) {
                differences[r] -= against[column][r];
            }
            intervals[column] =
                    interval(TwoSampleTest.mean(columns[column]) - TwoSampleTest.mean(others[column]), differences);
        }
        return intervals;
    }

    private double[][] resampledMeans(double[][] columns, String purpose) {
        int n = columns[0].length;
        double[][] resampled = new double[columns.length][resamples];
        StatelessRandom draws = StatelessRandom.of(seed, purpose);
        int[] times = new int[n];
        for (int r = 0; r < resamples; r++) {
            draw(draws.at(0, n, r), times);
            for (int column = 0; column < columns.length; column++) {
                resampled[column][r] = weightedMean(columns[column], times);
            }
        }
        return resampled;
    }

    private static Interval interval(double mean, double[] resampled) {
        Arrays.sort(resampled);
        return new Interval(mean, quantile(resampled, TAIL), quantile(resampled, 1 - TAIL));
    }

    /** How often each of the images is in the resample. */
    private static void draw(RandomStream stream, int[] times) {
        Arrays.fill(times, 0);
        for (int i = 0; i < times.length; i++) {
            times[stream.uniformInt(times.length)]++;
        }
    }

    private static double weightedMean(double[] values, int[] times) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += times[i] * values[i];
        }
        return sum / values.length;
    }

    /** The {@code q}-quantile of ascending values, interpolated linearly between ranks (Hyndman and Fan's type 7). */
    static double quantile(double[] ascending, double q) {
        double rank = q * (ascending.length - 1);
        int below = (int) rank;
        if (below + 1 == ascending.length) {
            return ascending[below];
        }
        return ascending[below] + (rank - below) * (ascending[below + 1] - ascending[below]);
    }
}
