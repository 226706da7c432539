package dev.engram.attack.dejavu;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the k public images nearest to a crop say of its label: each casts one vote for its own class, whatever its distance.
 *
 * @param ranking the at most five most voted classes, most votes first, of equals the smaller class first; only classes that
 *     got a vote
 * @param confidence minus the entropy of the votes in nats, from -ln k (all disagree) to 0 (all agree); of a classifier its largest logit
 */
public record NeighborVote(List<Integer> ranking, double confidence) {
    private static final int TOP = 5;

    public NeighborVote {
        ranking = List.copyOf(ranking);
        if (ranking.isEmpty()) {
            throw new IllegalArgumentException("a vote needs at least one neighbour");
        }
    }

    /**
     * @param neighborLabels labels of the k neighbours, in any order, k at least 1
     * @param classes labels are 0 to classes - 1
     */
    public static NeighborVote of(int[] neighborLabels, int classes) {
        int[] counts = new int[classes];
        for (int label : neighborLabels) {
            counts[label]++;
        }
        List<Integer> ranking = IntStream.range(0, classes)
                .filter(label -> counts[label] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer label) -> -counts[label]).thenComparing(Comparator.naturalOrder()))
                .limit(TOP)
                .toList();
        return new NeighborVote(ranking, confidence(counts));
    }

    /**
     * What a classifier says instead of neighbours: the five classes of the largest logits, of equals the smaller first, and as published the
     * largest logit as confidence.
     */
    public static NeighborVote ofLogits(float[] logits) {
        List<Integer> ranking = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> -logits[label]).thenComparing(Comparator.naturalOrder()))
                .limit(TOP)
                .toList();
        return new NeighborVote(ranking, logits[ranking.getFirst()]);
    }

    /** The most voted class. */
    public int prediction() {
        return ranking.getFirst();
    }

    public boolean isTop1(int label) {
        return prediction() == label;
    }

    /** Whether the label is among the five most voted. */
    public boolean isTop5(int label) {
        return ranking.contains(label);
    }

    /** Σ p ln p over the classes with votes, p = votes / k: minus their entropy. */
    static double confidence(int[] counts) {
        double votes = Arrays.stream(counts).sum();
        double sum = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = count / votes;
                sum += share * StrictMath.log(share);
            }
        }
        return sum;
    }
}
