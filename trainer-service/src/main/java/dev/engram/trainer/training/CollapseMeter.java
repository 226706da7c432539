package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.ProjectedEncoder;
import java.util.Arrays;

/**
 * How far the embeddings of different images lie apart: the standard deviation over images of each coordinate of the unit-length
 * embedding, averaged over coordinates and multiplied by √D. About 1 when embeddings spread over the sphere, 0 when all
 * images have become one point (Chen, He, "Exploring Simple Siamese Representation Learning", CVPR 2021, figure 2).
 */
final class CollapseMeter implements AutoCloseable {
    private static final int MOST_IMAGES = 128;

    private final Evaluation forward;
    private final PlainInput input;
    private final ImageSet images;
    private final int[] sample;

    /** @param indices training images; the first 128 are looked at */
    CollapseMeter(ProjectedEncoder model, AugmentationRecipe augmentation, ImageSet images, int[] indices) {
        this.forward = Evaluation.of(model);
        this.input = new PlainInput(augmentation.normalization(), images.shape().height());
        this.images = images;
        this.sample = Arrays.copyOf(indices, Math.min(MOST_IMAGES, indices.length));
    }

    /** @return 0 (collapsed) to about 1; NaN if an embedding is */
    double spread(StateDict state) {
        try (Scope scope = Scope.open()) {
            Tensor embeddings = forward.run(scope, state, input.whole(scope, images, sample)).output();
            return spread(embeddings.floats(), sample.length);
        }
    }

    /** @param embeddings [n, D], row-major */
    static double spread(float[] embeddings, int n) {
        int width = embeddings.length / n;
        double[] unit = new double[embeddings.length];
        for (int i = 0; i < n; i++) {
            double square = 0;
            for (int j = 0; j < width; j++) {
                square += (double) embeddings[i * width + j] * embeddings[i * width + j];
            }
            double norm = Math.max(Math.sqrt(square), 1e-12);
            for (int j = 0; j < width; j++) {
                unit[i * width + j] = embeddings[i * width + j] / norm;
            }
        }
        double deviations = 0;
        for (int j = 0; j < width; j++) {
            deviations += deviation(unit, j, width, n);
        }
        return deviations / width * Math.sqrt(width);
    }

    private static double deviation(double[] values, int column, int width, int n) {
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += values[i * width + column] / n;
        }
        double variance = 0;
        for (int i = 0; i < n; i++) {
            double off = values[i * width + column] - mean;
            variance += off * off / n;
        }
        return Math.sqrt(variance);
    }

    @Override
    public void close() {
        forward.close();
        input.close();
    }
}
