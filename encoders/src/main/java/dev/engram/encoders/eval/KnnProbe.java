package dev.engram.encoders.eval;

/**
 * Classifies by the majority of the k nearest labelled features; ties go to the smallest class. Says how well classes lie
 * apart without training anything.
 */
public final class KnnProbe {
    private KnnProbe() {}

    /** As below, telling nobody how far it is. */
    public static ProbeAccuracy heldOut(
            FeatureMatrix labelled, int[] labels, FeatureMatrix heldOut, int[] heldOutLabels, int k, int threads) {
        return heldOut(labelled, labels, heldOut, heldOutLabels, k, threads, (done, total) -> {});
    }

    /**
     * @param labelled features with their {@code labels}; rows of unit norm ({@link FeatureMatrix#normalized}) on both sides vote
     *     by cosine
     * @param heldOut features to classify, with their true labels
     * @param k at least 1, at most the number of labelled features
     * @param threads for the search, at least 1
     * @param progress hears how far the search is; may throw to end it
     */
    public static ProbeAccuracy heldOut(
            FeatureMatrix labelled,
            int[] labels,
            FeatureMatrix heldOut,
            int[] heldOutLabels,
            int k,
            int threads,
            ExactKnn.Progress progress) {
        check("labels", labelled, labels);
        check("held-out labels", heldOut, heldOutLabels);
        try (ExactKnn knn = new ExactKnn(labelled, threads)) {
            Neighbors neighbors = knn.search(heldOut, k, progress);
            int correct = 0;
            for (int query = 0; query < heldOutLabels.length; query++) {
                if (MajorityVote.of(neighbors.labels(query, labels)).label() == heldOutLabels[query]) {
                    correct++;
                }
            }
            return new ProbeAccuracy(correct, heldOutLabels.length);
        }
    }

    static void check(String what, FeatureMatrix features, int[] labels) {
        if (labels.length != features.rows()) {
            throw new IllegalArgumentException(
                    "%s: %d for %d features".formatted(what, labels.length, features.rows()));
        }
        for (int label : labels) {
            if (label < 0) {
                throw new IllegalArgumentException(what + ": negative label " + label);
            }
        }
    }
}
