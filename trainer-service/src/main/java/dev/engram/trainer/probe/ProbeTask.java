package dev.engram.trainer.probe;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.KnnProbe;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.dataset.InputFiles;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A true linear probe and a kNN probe of both encoders of a pair, or of one encoder, at its output and the layers asked for: features frozen,
 * in evaluation mode, of images that are not augmented; learned from the split's public set, scored on its external points. All
 * layers come from one forward pass of each image; the probes by depth show what guillotine regularization is about (F. Bordes et
 * al., TMLR 2023, <a href="https://arxiv.org/abs/2206.13378">arXiv 2206.13378</a>).
 */
public final class ProbeTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.PROBE;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        ProbeRules.check(spec.getProbe(), "spec", violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        ProbeSpec probe = spec.getProbe();
        if (probe.getEncoder().isEmpty()) {
            return List.of(probe.getPair());
        }
        return probe.getSplit().isEmpty()
                ? List.of(probe.getEncoder())
                : List.of(probe.getEncoder(), probe.getSplit());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        ProbeSpec spec = run.spec().getProbe();
        ProbedEncoders probed = ProbedEncoders.of(run, spec);
        ImageSet images = InputFiles.images(run, probed.dataset());
        Split split = InputFiles.split(run, probed.split(), images);
        int[] training = split.indices(Part.PUBLIC);
        int[] heldOut = split.indices(Part.EXTERNAL);
        int k = neighbors(spec, training.length);
        FeatureProgress progress =
                new FeatureProgress(run, (long) probed.encoders().size() * (training.length + heldOut.length));
        List<ProbeTable.Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> encoder : probed.encoders().entrySet()) {
            Map<String, FeatureMatrix> trainingFeatures;
            Map<String, FeatureMatrix> heldOutFeatures;
            try (TrainedEncoder trained = read(run, encoder.getValue());
                    LayerFeatures features = new LayerFeatures(
                            trained.model(),
                            trained.identity().normalization(),
                            layers(trained, spec))) {
                trainingFeatures = features.whole(trained.state(), images, training, progress);
                heldOutFeatures = features.whole(trained.state(), images, heldOut, progress);
            }
            Probe probe = new Probe(run, encoder.getKey(), images.labels(training), images.labels(heldOut), k);
            for (Map.Entry<String, FeatureMatrix> layer : trainingFeatures.entrySet()) {
                rows.add(probe.at(layer.getKey(), layer.getValue(), heldOutFeatures.get(layer.getKey())));
            }
        }
        ProbeResult result = ProbeTable.result(rows, k, training.length, heldOut.length, images.classNames().size());
        run.publish("result", "probe", ProbeTable.write(result, rows, run.scratch()));
    }

    /** Probes of one encoder. */
    private record Probe(RunContext run, String encoder, int[] labels, int[] heldOutLabels, int k) {
        ProbeTable.Row at(String layer, FeatureMatrix training, FeatureMatrix heldOut) {
            run.checkStop();
            run.progress("probing %s of %s by nearest neighbors".formatted(layer, encoder), 0, 0, "image", Map.of());
            var knn = KnnProbe.heldOut(
                    training.normalized(), labels, heldOut.normalized(), heldOutLabels, k, run.threads(),
                    (done, total) -> run.checkStop());
            run.checkStop();
            run.progress("fitting the linear probe of %s of %s".formatted(layer, encoder), 0, 0, "image", Map.of());
            var linear = LinearProbe.fit(
                    training, labels, heldOut, heldOutLabels, LinearProbe.DEFAULT_PENALTY, iterations -> run.checkStop());
            run.checkStop();
            return new ProbeTable.Row(
                    encoder, layer, training.dimension(), linear.heldOut(), linear.training(), knn);
        }
    }

    private static List<String> layers(TrainedEncoder trained, ProbeSpec spec) {
        List<String> asked = new ArrayList<>(spec.getLayersList());
        asked.add(LayerFeatures.OUTPUT);
        try {
            return LayerFeatures.resolve(trained.model(), asked);
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec.layers: " + e.getMessage());
        }
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
