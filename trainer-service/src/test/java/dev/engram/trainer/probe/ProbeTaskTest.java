package dev.engram.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTaskTest {
    private static SmallPair pair;

    @BeforeAll
    static void trainBoth(@TempDir Path folder) throws Exception {
        TorchEngine.start(1);
        pair = SmallPair.in(folder);
    }

    @Test
    void everyChosenLayerOfBothEncodersIsProbed() throws Exception {
        ProbeResult result = probe("by-layer", ProbeSpec.newBuilder()
                .setPair("pairs/p")
                .addLayers("projector.0")
                .addLayers("layer2.conv")
                .setK(3));
        assertEquals(
                List.of("f output 256", "f layer2.conv 128", "f projector.0 32",
                        "g output 256", "g layer2.conv 128", "g projector.0 32"),
                result.getAccuraciesList().stream()
                        .map(row -> row.getEncoder() + " " + row.getLayer() + " " + row.getWidth())
                        .toList());
        assertTrue(result.getAccuraciesList().stream().allMatch(row -> row.getLinear() >= 0 && row.getLinear() <= 1));
        assertTrue(result.getAccuracies(0).getLinearTrain() > 0.9, "60 images in 256 dimensions are learned by heart");
    }

    @Test
    void oneEncoderIsProbedAlikeWithTheSplitItWasTrainedOn() throws Exception {
        ProbeResult ofPair = probe("of-pair", ProbeSpec.newBuilder().setPair("pairs/p").setK(3));
        ProbeResult alone = probe("alone", ProbeSpec.newBuilder().setEncoder("encoders/p-g").setK(3));
        assertEquals(1, alone.getAccuraciesCount());
        assertEquals(
                ofPair.getAccuracies(1).toBuilder().setEncoder("encoder").build(), alone.getAccuracies(0));
    }

    @Test
    void layersAreThoseOfTheNetworkItself() throws Exception {
        ImageSet images = ImageSetFile.open(pair.f().input("datasets/d").resolve(ImageSetFile.FILE_NAME));
        int[] some = {3, 1, 150, 7};
        try (TrainedEncoder encoder = TrainedEncoder.read(pair.f().artifact("checkpoint"))) {
            Normalization normalization = AugmentationRecipe.parse(encoder.augmentation()).normalization();
            try (LayerFeatures layers = new LayerFeatures(
                            encoder.model(), normalization, List.of(LayerFeatures.OUTPUT, "projector.3"));
                    ImageFeatures output = new ImageFeatures(encoder.encoder(), encoder.state(), normalization);
                    ImageFeatures embedding = new ImageFeatures(encoder.model(), encoder.state(), normalization)) {
                Map<String, FeatureMatrix> found = layers.whole(encoder.state(), images, some, count -> {});
                same(output.whole(images, some, count -> {}), found.get(LayerFeatures.OUTPUT));
                same(embedding.whole(images, some, count -> {}), found.get("projector.3"));
            }
        }
    }

    @Test
    void aLayerThatIsNotThereIsNamedWithThoseThatAre() {
        RunFailure failure = assertThrows(
                RunFailure.class,
                () -> probe("wrong", ProbeSpec.newBuilder().setPair("pairs/p").addLayers("layer9")));
        assertTrue(
                failure.getMessage().startsWith("spec.layers: there is no layer layer9; there are output, prep.conv, "),
                failure.getMessage());
    }

    @Test
    void everyProblemOfASpecAtOnce() {
        FieldViolations violations = new FieldViolations();
        ProbeRules.check(
                ProbeSpec.newBuilder().setPair("p").setSplit("splits/s").setK(-1).addLayers("a").addLayers("").addLayers("a").build(),
                "spec",
                violations);
        ProbeRules.check(
                ProbeSpec.newBuilder().setEncoder("e").setPair("pairs/p").setSplit("s").build(), "spec", violations);
        assertEquals(
                """
                spec.pair: must be pairs/ and 1 to 63 of [a-z0-9-], is "p"
                spec.split: must be empty beside a pair, which has a split
                spec.k: must be at least 1, is -1
                spec.layers[1]: must be a layer path or `*`, is empty
                spec.layers[2]: "a" is named twice
                spec.encoder: must be encoders/ and 1 to 63 of [a-z0-9-], is "e"
                spec.pair: must be empty beside an encoder
                spec.split: must be splits/ and 1 to 63 of [a-z0-9-], is "s\"""",
                violations.toString());
    }

    private static ProbeResult probe(String id, ProbeSpec.Builder spec) throws Exception {
        FolderRun run = pair.f().next(id, RunSpec.newBuilder().setProbe(spec).build()).execute(new ProbeTask());
        String json = Files.readString(run.artifact("result").resolve(SummaryFile.RESULT));
        return SummaryFile.read(json, ProbeResult.newBuilder()).build();
    }

    private static void same(FeatureMatrix expected, FeatureMatrix found) {
        assertEquals(expected.rows(), found.rows());
        for (int row = 0; row < expected.rows(); row++) {
            assertArrayEquals(expected.row(row), found.row(row), 1e-5f);
        }
    }
}
