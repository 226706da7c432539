package dev.engram.metrics.task;

import java.util.Arrays;
import java.util.List;

/** The scores of a layer's units in a few numbers. */
final class ScoreHistogram {
    static final int BINS = 20;

    private ScoreHistogram() {}

    /** Counts in equal bins of [0, 1]; the last includes 1, and scores outside are in the end bins. */
    static List<Integer> of(double[] scores) {
        int[] bins = new int[BINS];
        for (double score : scores) {
            bins[Math.clamp((int) Math.floor(score * BINS), 0, BINS - 1)]++;
        }
        return Arrays.stream(bins).boxed().toList();
    }

    static double mean(double[] scores) {
        return Arrays.stream(scores).sum() / scores.length;
    }

    static double max(double[] scores) {
        return Arrays.stream(scores).max().orElseThrow();
    }
}
