package dev.engram.trainer.probe;

import dev.engram.encoders.corrupt.Corruption;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A true linear probe and a kNN probe of both encoders of a pair, or of one encoder, at its output and the layers asked for: features frozen,
 * in evaluation mode, of images that are not augmented, normalized as in the encoder's training; learned from the split's public set, scored on its
 * external points, clean and corrupted. All layers come from one forward pass of each image; the probes by depth show what guillotine regularization is about (F. Bordes et
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
        String probed = probe.getEncoder().isEmpty() ? probe.getPair() : probe.getEncoder();
        return probe.getSplit().isEmpty() ? List.of(probed) : List.of(probed, probe.getSplit());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        ProbeSpec spec = run.spec().getProbe();
        ProbedEncoders probed = ProbedEncoders.of(run, spec);
        ImageSet images = Inputs.images(run, probed.dataset());
        Split split = Inputs.split(run, probed.split(), images);
        int[] training = split.indices(Part.PUBLIC);
        int[] heldOut = split.indices(Part.EXTERNAL);
        int k = neighbors(spec, training.length);
        int[] corrupted = CorruptionRules.images(spec, heldOut);
        long passes = training.length + heldOut.length
                + (long) corrupted.length * CorruptionRules.of(spec).size() * Corruption.SEVEREST;
        FeatureProgress progress = new FeatureProgress(run, probed.encoders().size() * passes);
        List<ProbeTable.Encoder> found = new ArrayList<>();
        for (Map.Entry<String, String> encoder : probed.encoders().entrySet()) {
            EncoderProbe probe =
                    new EncoderProbe(run, encoder.getKey(), images, training, heldOut, corrupted, k, spec, progress);
            try (TrainedEncoder trained = Inputs.encoder(run, encoder.getValue());
                    LayerFeatures features = new LayerFeatures(
                            trained.model(), trained.identity().normalization(), layers(trained, spec), tokens(trained, spec))) {
                found.add(probe.of(trained, features));
            }
        }
        ProbeResult result = ProbeTable.result(found).toBuilder()
                .setK(k)
                .setTrainImages(training.length)
                .setTestImages(heldOut.length)
                .setCorruptedImages(corrupted.length)
                .setClasses(images.classNames().size())
                .setSplit(probed.split())
                .setDataset(probed.dataset())
                .setTokens(ProbeSpec.Tokens.valueOf(TokenReading.of(spec.getTokens()).name()))
                .build();
        run.publish("result", "probe", ProbeTable.write(result, found, run.scratch()));
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

    private static TokenReading tokens(TrainedEncoder trained, ProbeSpec spec) {
        TokenReading tokens = TokenReading.of(spec.getTokens());
        if (tokens != TokenReading.ALL && !StateLayout.of(trained.encoder()).hasClassToken()) {
            throw RunFailure.invalidSpec("spec.tokens: %s, but %s has no class token".formatted(tokens, trained.encoder().name()));
        }
        return tokens;
    }

    private static int neighbors(ProbeSpec spec, int publicImages) {
        FieldViolations violations = new FieldViolations();
        ProbeRules.check(spec, publicImages, "spec", violations);
        if (!violations.isEmpty()) {
            throw RunFailure.invalidSpec(violations.toString());
        }
        return ProbeRules.fill(spec, publicImages).getK();
    }
}
