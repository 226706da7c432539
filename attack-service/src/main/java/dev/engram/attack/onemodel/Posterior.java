package dev.engram.attack.onemodel;

import dev.engram.attack.dejavu.NeighborVote;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How likely each class is by a reference. */
final class Posterior {
    private static final int TOP = 5;

    private Posterior() {}

    /** From values that differ by a common amount from the logarithms of the shares; at least one is finite, -∞ is a share of 0. */
    static double[] ofLogs(double[] logs) {
        double most = IntStream.range(0, logs.length).mapToDouble(i -> logs[i]).max().orElseThrow();
        double[] shares = new double[logs.length];
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            shares[i] = StrictMath.exp(logs[i] - most);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * As a guess that compares with the votes of neighbours: the at most five likeliest classes, of equals the smaller first, and minus the
     * entropy in nats as confidence.
     *
     * @param shares of each class, not negative, sum 1
     */
    static NeighborVote guess(double[] shares) {
        List<Integer> ranking = IntStream.range(0, shares.length)
                .filter(label -> shares[label] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> -shares[label]).thenComparing(Comparator.naturalOrder()))
                .limit(TOP)
                .toList();
        double confidence = 0;
        for (double share : shares) {
            confidence += share > 0 ? share * StrictMath.log(share) : 0;
        }
        return new NeighborVote(ranking, confidence);
    }
}
