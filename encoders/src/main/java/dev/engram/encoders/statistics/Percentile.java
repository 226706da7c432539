package dev.engram.encoders.statistics;

import java.util.Arrays;

/** Percentiles by linear interpolation between the two nearest values, as numpy's default. */
public final class Percentile {
    private Percentile() {}

    /**
     * The value below which {@code percent} % of {@code values} lie.
     *
     * @param values at least one, in any order; left as they are
     * @param percent 0 (the minimum) to 100 (the maximum)
     */
    public static double of(double[] values, double percent) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values: no percentile of nothing");
        }
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent: must be 0 to 100, was " + percent);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        double share = place - below;
        double distance = sorted[above] - sorted[below];
        // Like numpy, from the nearer end, so that a share of 1 gives the upper value to the bit.
        return share < 0.5 ? sorted[below] + distance * share : sorted[above] - distance * (1 - share);
    }
}
