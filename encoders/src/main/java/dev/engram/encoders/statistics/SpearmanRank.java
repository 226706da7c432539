package dev.engram.encoders.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Spearman's rank correlation: Pearson's correlation of ranks, equal values at the mean of their ranks. p by Student's t with n − 2
 * degrees of freedom; NaN for fewer than 3 things.
 */
public final class SpearmanRank {
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
