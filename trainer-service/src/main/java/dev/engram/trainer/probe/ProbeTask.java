package dev.engram.trainer.probe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.CorruptFileException;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.dataset.InputFiles;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A true linear probe and a kNN probe of both encoders of a pair: features frozen, in evaluation mode, of images that are not
 * augmented; learned from the split's public set, scored on its external points.
 */
public final class ProbeTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.PROBE;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        ResourceFields.require("pairs", spec.getProbe().getPair(), "spec.pair", violations);
        violations.require(
                spec.getProbe().getK() >= 0, "spec.k", "must be at least 1, is " + spec.getProbe().getK());
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getProbe().getPair());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        ProbeSpec spec = run.spec().getProbe();
        ResolvedPair pair = run.pair(spec.getPair());
        ImageSet images = InputFiles.images(run, pair.dataset());
        Split split = InputFiles.split(run, pair.split(), images);
        int[] training = split.indices(Part.PUBLIC);
        int[] heldOut = split.indices(Part.EXTERNAL);
        int k = neighbors(spec, training.length);
        FeatureProgress progress = new FeatureProgress(run, 2L * (training.length + heldOut.length));
        List<ProbeTable.Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> side : List.of(Map.entry("f", pair.candidate()), Map.entry("g", pair.reference()))) {
            FeatureMatrix trainingFeatures;
            FeatureMatrix heldOutFeatures;
            try (TrainedEncoder encoder = read(run, side.getValue());
                    ImageFeatures features = new ImageFeatures(
                            encoder.encoder(),
                            encoder.state(),
                            AugmentationRecipe.parse(encoder.augmentation()).normalization())) {
                trainingFeatures = features.whole(images, training, progress);
                heldOutFeatures = features.whole(images, heldOut, progress);
            }
            rows.add(probe(
                    run, side.getKey(), trainingFeatures, images.labels(training), heldOutFeatures, images.labels(heldOut), k));
        }
        ProbeResult result = ProbeTable.result(rows, k, training.length, heldOut.length, images.classNames().size());
        run.publish("result", "probe", ProbeTable.write(result, rows, run.scratch()));
    }

    private static ProbeTable.Row probe(
            RunContext run,
            String encoder,
            FeatureMatrix training,
            int[] labels,
            FeatureMatrix heldOut,
            int[] heldOutLabels,
            int k) {
        run.checkStop();
        run.progress("probing " + encoder + " by nearest neighbors", 0, 0, "image", Map.of());
        var knn = KnnProbe.heldOut(
                training.normalized(), labels, heldOut.normalized(), heldOutLabels, k, run.threads());
        run.checkStop();
        run.progress("fitting the linear probe of " + encoder, 0, 0, "image", Map.of());
        var linear = LinearProbe.fit(
                training, labels, heldOut, heldOutLabels, LinearProbe.DEFAULT_PENALTY, iterations -> run.checkStop());
        run.checkStop();
        return new ProbeTable.Row(encoder, linear.heldOut(), linear.training(), knn);
    }

    private static int neighbors(ProbeSpec spec, int publicImages) {
        FieldViolations violations = new FieldViolations();
        ProbeRules.check(spec, publicImages, "spec", violations);
        if (!violations.isEmpty()) {
            throw RunFailure.invalidSpec(violations.toString());
        }
        return ProbeRules.fill(spec, publicImages).getK();
    }

    private static TrainedEncoder read(RunContext run, String encoder) throws IOException {
        try {
            return TrainedEncoder.read(run.input(encoder));
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(encoder + ": " + e.getMessage());
        }
    }
}
