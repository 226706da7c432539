package dev.engram.metrics.intervention;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.ProbedSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * Probes of one state that changes from probe to probe: features of the encoder's output, frozen, in evaluation mode, of whole images that are not
 * augmented; a linear probe fitted anew and the vote of the nearest neighbors by cosine. The same state gives the same figures, whatever was probed
 * before. Cost: one forward pass of each image, and one fit, a probe.
 */
final class RepeatedProbe implements AutoCloseable {
    private static final int DEFAULT_NEIGHBORS = 20;

    private final RunContext run;
    private final ImageFeatures features;
    private final int k;

    /** Features of a split's images. */
    record Features(ProbedData data, FeatureMatrix training, FeatureMatrix heldOut) {}

    /**
     * A probe's figures.
     *
     * @param others accuracy of the same linear probe on further examples
     */
    record Found(ProbedSplit split, List<Double> others) {}

    /**
     * @param state of the encoder, read anew by each probe; must outlive this
     * @param data all that will be probed, at least one
     * @param neighbors asked for; 0 for the default
     */
    RepeatedProbe(RunContext run, TrainedEncoder encoder, StateDict state, List<ProbedData> data, int neighbors) {
        this.run = run;
        this.features = new ImageFeatures(encoder.encoder(), state, encoder.identity().normalization());
        int fewest = data.stream().mapToInt(split -> split.training().length).min().orElseThrow();
        if (neighbors > fewest) {
            features.close();
            throw RunFailure.invalidSpec("spec.k: must be at most the %d images of the smallest public set, is %d".formatted(fewest, neighbors));
        }
        this.k = neighbors == 0 ? Math.min(DEFAULT_NEIGHBORS, fewest) : neighbors;
    }

    /** Neighbors that vote. */
    int neighbors() {
        return k;
    }

    /** Features of the state as it is now. */
    Features features(ProbedData data) {
        return new Features(
                data,
                features.whole(data.images(), data.training(), images -> run.checkStop()),
                features.whole(data.images(), data.heldOut(), images -> run.checkStop()));
    }

    /** Both probes of these features; the linear one is scored on {@code others}, too. */
    Found probe(Features found, List<LinearProbe.HeldOut> others) {
        int[] labels = found.data().trainingLabels();
        int[] heldOutLabels = found.data().heldOutLabels();
        List<LinearProbe.HeldOut> all = new ArrayList<>(List.of(new LinearProbe.HeldOut(found.heldOut(), heldOutLabels)));
        all.addAll(others);
        LinearProbe.Scores linear = LinearProbe.fit(
                found.training(), labels, all, LinearProbe.DEFAULT_PENALTY, iterations -> run.checkStop());
        double knn = KnnProbe.heldOut(
                        found.training().normalized(), labels, found.heldOut().normalized(), heldOutLabels, k, run.threads(),
                        (done, total) -> run.checkStop())
                .accuracy();
        ProbedSplit split = ProbedSplit.newBuilder()
                .setSplit(found.data().split())
                .setLinear(linear.heldOut().getFirst().accuracy())
                .setLinearTrain(linear.training().accuracy())
                .setKnn(knn)
                .build();
        return new Found(split, linear.heldOut().stream().skip(1).map(accuracy -> accuracy.accuracy()).toList());
    }

    @Override
    public void close() {
        features.close();
    }
}
