package dev.engram.encoders.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Spearman's rank correlation: Pearson's correlation of ranks, equal values at the mean of their ranks. p by Student's t with n − 2
 * degrees of freedom; NaN for fewer than 3 things.
 */
public final class SpearmanRank {
    /** Things whose orders are few enough to try them all. */
    public static final int MOST_EXACT = 8;

    /** Products of ranks are multiples of a quarter. */
    private static final double ROUNDING = 1e-9;

    private SpearmanRank() {}

    /**
     * Compares two rankings of the same things. O(n log n).
     *
     * @param first n values, at least 2
     * @param second as many; neither may hold NaN
     */
    public static RankCorrelation of(double[] first, double[] second) {
        RankCorrelation.requirePairs(first, second);
        int n = first.length;
        double[] x = ranks(first);
        double[] y = ranks(second);
        double center = (n + 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - center) * (x[i] - center);
            yy += (y[i] - center) * (y[i] - center);
            xy += (x[i] - center) * (y[i] - center);
        }
        if (xx == 0 || yy == 0) {
            return RankCorrelation.NONE;
        }
        double rho = Math.clamp(xy / Math.sqrt(xx * yy), -1, 1);
        if (n == 2) {
            return new RankCorrelation(rho, Double.NaN);
        }
        double t = Math.abs(rho) == 1 ? Double.POSITIVE_INFINITY : Math.abs(rho) * Math.sqrt((n - 2) / ((1 - rho) * (1 + rho)));
        return new RankCorrelation(rho, 2 * StudentT.upperTail(t, n - 2));
    }

    /**
     * The two-sided p of a few things, exactly: the share of all orders of the second ranking whose correlation is at least as far from 0. Student's t has
     * nothing to say of 3 things in perfect order; of their 6 orders 2 are as extreme. O(n!) time.
     *
     * @param first n values, 2 to 8
     * @param second as many; neither may hold NaN
     * @return NaN if one of them has a single value only
     */
    public static double exactP(double[] first, double[] second) {
        RankCorrelation.requirePairs(first, second);
        if (first.length > MOST_EXACT) {
            throw new IllegalArgumentException("all orders of at most %d things are tried, not of %d".formatted(MOST_EXACT, first.length));
        }
        double[] x = ranks(first);
        double[] y = ranks(second);
        if (Arrays.stream(x).distinct().count() == 1 || Arrays.stream(y).distinct().count() == 1) {
            return Double.NaN;
        }
        double center = (x.length + 1) / 2.0;
        for (int i = 0; i < x.length; i++) {
            x[i] -= center;
            y[i] -= center;
        }
        double found = Math.abs(IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum());
        long orders = LongStream.rangeClosed(1, x.length).reduce(1, (a, b) -> a * b);
        return (double) asExtreme(x, y, 0, 0, found - ROUNDING) / orders;
    }

    /** Orders of {@code y} from {@code place} on whose sum of products, with what it is before, is at least {@code least} from 0. */
    private static long asExtreme(double[] x, double[] y, int place, double before, double least) {
        if (place == x.length) {
            return Math.abs(before) >= least ? 1 : 0;
        }
        long count = 0;
        for (int i = place; i < y.length; i++) {
            swap(y, place, i);
            count += asExtreme(x, y, place + 1, before + x[place] * y[place], least);
            swap(y, place, i);
        }
        return count;
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0, to = 1; to <= values.length; to++) {
            if (to == values.length || values[order[to]] != values[order[from]]) {
                for (int i = from; i < to; i++) {
                    ranks[order[i]] = (from + 1 + to) / 2.0;
                }
                from = to;
            }
        }
        return ranks;
    }
}
