package dev.engram.attack.onemodel;

import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.eval.Neighbors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The references that learn from features of crops. Each gives one guess a row of {@code asked}. */
public final class References {
    /** Crops that vote in {@link #nearestCrops}, unless fewer were seen. */
    public static final int NEIGHBORS = 20;

    private References() {}

    /**
     * Logistic regression, {@link LinearProbe}; its posterior is the guess.
     *
     * @param seen features of the crops to learn from, with their {@code labels}
     */
    public static List<NeighborVote> classifier(
            FeatureMatrix seen, int[] labels, FeatureMatrix asked, int classes, Runnable stopPoint) {
        List<NeighborVote> guesses = new ArrayList<>();
        double[][] posteriors = LinearProbe.posteriors(
                seen, labels, asked, classes, LinearProbe.DEFAULT_PENALTY, iteration -> stopPoint.run());
        for (double[] posterior : posteriors) {
            guesses.add(Posterior.guess(posterior));
        }
        return guesses;
    }

    /** The votes of the nearest crops by L2, each class having one vote more: P(c) = (votes + 1) / (k + classes). */
    public static List<NeighborVote> nearestCrops(
            FeatureMatrix seen, int[] labels, FeatureMatrix asked, int classes, int threads, Runnable stopPoint) {
        List<NeighborVote> guesses = new ArrayList<>();
        int k = Math.min(NEIGHBORS, labels.length);
        try (ExactKnn knn = new ExactKnn(seen, threads)) {
            Neighbors found = knn.search(asked, k, (done, total) -> stopPoint.run());
            for (int query = 0; query < found.queries(); query++) {
                double[] shares = new double[classes];
                Arrays.fill(shares, 1.0 / (k + classes));
                for (int label : found.labels(query, labels)) {
                    shares[label] += 1.0 / (k + classes);
                }
                guesses.add(Posterior.guess(shares));
            }
        }
        return guesses;
    }
}
