package dev.engram.attack.dejavu;

import java.util.Arrays;

/** A figure with its 95 % confidence interval. */
public record Interval(double value, double low, double high) {
    private static final double TAIL = 0.025;

    /** The percentile interval: 2.5 % and 97.5 % quantiles of a statistic over resamples (at least one; NaN is refused). */
    public static Interval percentile(double value, double[] resampled) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("an interval needs resampled values, none of them NaN");
        }
        return new Interval(value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
    }

    /** Linear between order statistics (type 7 of R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", 1996). */
    static double quantile(double[] sorted, double probability) {
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
