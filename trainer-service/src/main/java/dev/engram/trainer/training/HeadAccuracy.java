package dev.engram.trainer.training;

import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.ProbeAccuracy;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.network.Network;
import java.util.function.IntConsumer;

/**
 * Scores a trained linear head on an encoder's output, in evaluation mode, on whole images that are not augmented. Sums in double; of equal
 * scores the smaller class.
 *
 * @param weight {@code [classes, dimension]}, row by row
 * @param bias {@code [classes]}
 */
record HeadAccuracy(Network network, StateDict encoder, Normalization normalization, float[] weight, float[] bias) {

    /** @param done hears how many images each batch had; may throw to end the work */
    ProbeAccuracy of(ImageSet images, int[] indices, IntConsumer done) {
        try (ImageFeatures features = new ImageFeatures(network, encoder, normalization)) {
            FeatureMatrix found = features.whole(images, indices, done);
            int correct = 0;
            for (int row = 0; row < indices.length; row++) {
                if (named(found.row(row)) == images.label(indices[row])) {
                    correct++;
                }
            }
            return new ProbeAccuracy(correct, indices.length);
        }
    }

    private int named(float[] features) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int name = 0; name < bias.length; name++) {
            double score = bias[name];
            for (int i = 0; i < features.length; i++) {
                score += (double) weight[name * features.length + i] * features[i];
            }
            if (score > highest) {
                highest = score;
                best = name;
            }
        }
        return best;
    }
}
