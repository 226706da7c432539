package dev.engram.attack.dejavu;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adjusts the p-values of many tests so that, taking those up to q, at most a share q of what is taken is expected to be false (Y. Benjamini,
 * Y. Hochberg, "Controlling the False Discovery Rate", 1995).
 */
final class FalseDiscovery {
    private FalseDiscovery() {}

    /** The smallest rate at which each test would be taken: min over ranks at or above its own of p·tests/rank, at most 1. */
    static double[] adjusted(double[] p) {
        List<Integer> descending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
                .toList();
        double[] adjusted = new double[p.length];
        double least = 1;
        int rank = p.length;
        for (int i : descending) {
            least = Math.min(least, p[i] * p.length / rank);
            adjusted[i] = least;
            rank--;
        }
        return adjusted;
    }
}
