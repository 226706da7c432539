package dev.engram.trainer.training;

import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.RankMe;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;

/**
 * Whether embeddings of different images still differ: how far they lie apart, and how many directions they use. Cost: one forward
 * pass of at most {@value #MOST_IMAGES} images and a singular value decomposition of their embeddings.
 */
final class CollapseMeter implements AutoCloseable {
    static final int MOST_IMAGES = 512;

    /** Nearly one point: a twentieth of what embeddings spread over the whole sphere have. */
    private static final double LEAST_SPREAD = 0.05;
    /** Nearly one line: two equally used directions have 2. */
    private static final double LEAST_RANK = 1.5;

    private static final int BATCH = 128;

    private final Evaluation forward;
    private final PlainInput input;
    private final RankMe rankMe = new RankMe();
    private final ImageSet images;
    private final int[] sample;

    /**
     * @param model gives the embeddings
     * @param indices training images, of which a sample is looked at, always the same
     * @param seed of the sample
     */
    CollapseMeter(Network model, Normalization normalization, ImageSet images, int[] indices, long seed) {
        this.forward = Evaluation.of(model);
        this.input = new PlainInput(normalization, images.shape().height());
        this.images = images;
        int[] order = StatelessRandom.of(seed, "collapse").permutation(indices.length, 0);
        this.sample = Arrays.stream(order).limit(MOST_IMAGES).map(position -> indices[position]).toArray();
    }

    /**
     * @param spread standard deviation over images of each coordinate of the unit-length embedding, averaged over coordinates and
     *     multiplied by √D: about 1 when embeddings spread over the sphere, 0 when all images have become one point (Chen, He,
     *     "Exploring Simple Siamese Representation Learning", CVPR 2021, figure 2)
     * @param rank {@link RankMe} of the embeddings
     */
    record Reading(double spread, double rank) {
        /** Whether all images have become nearly one point or one line. */
        boolean isCollapsed() {
            return spread < LEAST_SPREAD || rank < LEAST_RANK;
        }

        boolean isFinite() {
            return Double.isFinite(spread) && Double.isFinite(rank);
        }
    }

    Reading read(StateDict state) {
        FeatureMatrix embeddings = null;
        for (int from = 0; from < sample.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(sample, from, Math.min(from + BATCH, sample.length));
            int first = from;
            try (Scope scope = Scope.open()) {
                var output = forward.run(scope, state, input.whole(scope, images, batch)).output();
                FeatureMatrix all = embeddings == null
                        ? FeatureMatrix.zeros(sample.length, Math.toIntExact(output.size(1)))
                        : embeddings;
                output.withBytes(bytes -> all.put(first, bytes));
                embeddings = all;
            }
        }
        return new Reading(spread(embeddings), rankMe.of(embeddings));
    }

    /** NaN if an embedding is. */
    static double spread(FeatureMatrix embeddings) {
        int n = embeddings.rows();
        int width = embeddings.dimension();
        double[] sums = new double[width];
        double[] squares = new double[width];
        float[] row = new float[width];
        for (int i = 0; i < n; i++) {
            embeddings.row(i, row);
            double square = 0;
            for (float value : row) {
                square += (double) value * value;
            }
            double norm = Math.max(Math.sqrt(square), 1e-12);
            for (int j = 0; j < width; j++) {
                double unit = row[j] / norm;
                sums[j] += unit;
                squares[j] += unit * unit;
            }
        }
        double deviations = 0;
        for (int j = 0; j < width; j++) {
            double mean = sums[j] / n;
            double variance = squares[j] / n - mean * mean;
            deviations += Double.isNaN(variance) ? Double.NaN : Math.sqrt(Math.max(variance, 0));
        }
        return deviations / Math.sqrt(width);
    }

    @Override
    public void close() {
        forward.close();
        input.close();
        rankMe.close();
    }
}
