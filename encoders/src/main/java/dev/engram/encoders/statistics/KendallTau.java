package dev.engram.encoders.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Kendall's tau-b: of all pairs of things, how many more are ordered alike than differently by two rankings, corrected for ties. M. G.
 * Kendall, <em>The treatment of ties in ranking problems</em>, Biometrika 33, 1945.
 *
 * <p>τ_b = (C − D) / √((n₀ − n₁)(n₀ − n₂)), with n₀ = n(n−1)/2 pairs, n₁ and n₂ of them tied in one ranking. Discordant pairs are
 * counted as the exchanges of a merge sort (W. R. Knight, <em>A Computer Method for Calculating Kendall's Tau with Ungrouped Data</em>,
 * Journal of the American Statistical Association 61, 1966), so that it takes O(n log n). p is the normal approximation with the
 * variance for ties, whatever n: for a few things it is rough.
 */
public final class KendallTau {
    private KendallTau() {}

    /**
     * Compares two rankings of the same things.
     *
     * @param first n values, at least 2
     * @param second as many; neither may hold NaN
     */
    public static RankCorrelation of(double[] first, double[] second) {
        RankCorrelation.requirePairs(first, second);
        int n = first.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> first[i]).thenComparingDouble(i -> second[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] x = Arrays.stream(order).mapToDouble(i -> first[i]).toArray();
        double[] y = Arrays.stream(order).mapToDouble(i -> second[i]).toArray();
        Ties ofFirst = new Ties();
        Ties ofBoth = new Ties();
        for (int from = 0, fromBoth = 0, to = 1; to <= n; to++) {
            if (to == n || x[to] != x[from] || y[to] != y[fromBoth]) {
                ofBoth.add(to - fromBoth);
                fromBoth = to;
            }
            if (to == n || x[to] != x[from]) {
                ofFirst.add(to - from);
                from = to;
            }
        }
        long discordant = exchanges(y);
        Ties ofSecond = new Ties();
        for (int from = 0, to = 1; to <= n; to++) {
            if (to == n || y[to] != y[from]) {
                ofSecond.add(to - from);
                from = to;
            }
        }
        double pairs = n * (n - 1.0) / 2;
        if (ofFirst.pairs == pairs || ofSecond.pairs == pairs) {
            return RankCorrelation.NONE;
        }
        double difference = pairs - ofFirst.pairs - ofSecond.pairs + ofBoth.pairs - 2.0 * discordant;
        double tau = difference / Math.sqrt(pairs - ofFirst.pairs) / Math.sqrt(pairs - ofSecond.pairs);
        double p = NormalTail.twoSided(difference / Math.sqrt(variance(n, ofFirst, ofSecond)));
        return new RankCorrelation(Math.clamp(tau, -1, 1), p);
    }

    /** Of C − D if the rankings are independent. */
    private static double variance(int n, Ties first, Ties second) {
        double m = n * (n - 1.0);
        double threes = n > 2 ? first.threes * second.threes / (9 * m * (n - 2)) : 0;
        return (m * (2.0 * n + 5) - first.weighted - second.weighted) / 18 + 2 * first.pairs * second.pairs / m + threes;
    }

    /** Sorts {@code values} and returns how many pairs were the wrong way round. */
    private static long exchanges(double[] values) {
        double[] from = values;
        double[] to = new double[values.length];
        long exchanges = 0;
        for (int width = 1; width < values.length; width *= 2) {
            for (int start = 0; start < values.length; start += 2 * width) {
                int middle = Math.min(start + width, values.length);
                int end = Math.min(start + 2 * width, values.length);
                int left = start;
                int right = middle;
                for (int place = start; place < end; place++) {
                    if (right == end || left < middle && from[left] <= from[right]) {
                        to[place] = from[left++];
                    } else {
                        to[place] = from[right++];
                        exchanges += middle - left;
                    }
                }
            }
            double[] sorted = to;
            to = from;
            from = sorted;
        }
        if (from != values) {
            System.arraycopy(from, 0, values, 0, values.length);
        }
        return exchanges;
    }

    /** Sums over groups of t equal values: pairs t(t−1)/2, t(t−1)(t−2), t(t−1)(2t+5). */
    private static final class Ties {
        private double pairs;
        private double threes;
        private double weighted;

        void add(int group) {
            double t = group;
            pairs += t * (t - 1) / 2;
            threes += t * (t - 1) * (t - 2);
            weighted += t * (t - 1) * (2 * t + 5);
        }
    }
}
