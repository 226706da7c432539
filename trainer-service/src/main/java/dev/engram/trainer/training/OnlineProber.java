package dev.engram.trainer.training;

import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.StepReport;
import dev.engram.trainer.probe.LayerFeatures;
import dev.engram.v1.OnlineProbes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Probes an encoder while it is trained: frozen features in evaluation mode, learned on images of the split's public set, scored on
 * external points, always the same ones. Changes nothing in the training.
 */
final class OnlineProber implements AutoCloseable {
    private final OnlineProbes probes;
    private final ImageSet images;
    private final int[] learned;
    private final int[] scored;
    private final int neighbors;
    private final int threads;
    private final LayerFeatures features;

    /**
     * @param probes with every default filled in
     * @param seed of the choice of images
     * @throws IllegalArgumentException if the split has no public set, or the network no such layer
     */
    OnlineProber(
            OnlineProbes probes,
            ProjectedEncoder model,
            Normalization normalization,
            ImageSet images,
            Split split,
            long seed,
            int threads) {
        this.probes = probes;
        this.images = images;
        this.learned = sample(split.indices(Part.PUBLIC), probes.getImages(), seed, "probe learned");
        this.scored = sample(split.indices(Part.EXTERNAL), probes.getImages(), seed, "probe scored");
        if (learned.length == 0) {
            throw new IllegalArgumentException("online_probes: the split has no public set to learn from");
        }
        this.neighbors = Math.min(probes.getK(), learned.length);
        this.threads = threads;
        this.features = new LayerFeatures(model, normalization, layers(model, probes.getLayersList()));
    }

    /** Whether a probe is due after this step: at the end of every so many epochs, and at the very end. */
    boolean isDue(StepReport step) {
        return step.endsEpoch()
                && ((step.epoch() + 1) % probes.getEveryEpochs() == 0 || step.step() == step.totalSteps());
    }

    /** Held-out accuracies by the names of their series: {@code probe_linear/output}, {@code probe_knn/output} … */
    Map<String, Double> probe(StateDict state) {
        Map<String, FeatureMatrix> training = features.whole(state, images, learned, count -> {});
        Map<String, FeatureMatrix> heldOut = features.whole(state, images, scored, count -> {});
        int[] labels = images.labels(learned);
        int[] heldOutLabels = images.labels(scored);
        Map<String, Double> accuracies = new LinkedHashMap<>();
        training.forEach((layer, x) -> {
            FeatureMatrix y = heldOut.get(layer);
            if (x.firstNotFinite() >= 0 || y.firstNotFinite() >= 0) {
                return;
            }
            accuracies.put("probe_linear/" + layer, LinearProbe.fit(x, labels, y, heldOutLabels, LinearProbe.DEFAULT_PENALTY)
                    .heldOut()
                    .accuracy());
            accuracies.put("probe_knn/" + layer, KnnProbe.heldOut(
                            x.normalized(), labels, y.normalized(), heldOutLabels, neighbors, threads)
                    .accuracy());
        });
        return accuracies;
    }

    @Override
    public void close() {
        features.close();
    }

    private static List<String> layers(ProjectedEncoder model, List<String> asked) {
        try {
            return LayerFeatures.resolve(model, asked);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("online_probes.layers: " + e.getMessage(), e);
        }
    }

    /** A part's images are in the order of the data set, often class by class: the first ones would be a poor choice. */
    private static int[] sample(int[] indices, int most, long seed, String purpose) {
        int[] order = StatelessRandom.of(seed, purpose).permutation(indices.length, 0);
        return Arrays.stream(order).limit(most).map(position -> indices[position]).toArray();
    }
}
