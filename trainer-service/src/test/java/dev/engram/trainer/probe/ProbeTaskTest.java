package dev.engram.trainer.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.SummaryFile;
import dev.engram.trainer.dataset.CreateSplitTask;
import dev.engram.trainer.dataset.RegisterDatasetTask;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void theProbeOfCleanImagesIsScoredOnCorruptedOnes() throws Exception {
        ProbeSpec.Builder spec = ProbeSpec.newBuilder()
                .setEncoder("encoders/p-f")
                .addLayers("projector.0")
                .addCorruptions("contrast")
                .addCorruptions("gaussian_noise")
                .setCorruptedImages(20)
                .setStatistics(true)
                .setK(3);
        ProbeResult result = probe("corrupted", spec);
        assertEquals(20, result.getCorruptedImages());
        assertEquals(2 * 2 * 5, result.getCorruptedCount());
        assertEquals("gaussian_noise", result.getCorrupted(0).getCorruption());
        assertEquals("projector.0", result.getCorrupted(1).getLayer());
        assertEquals(5, result.getCorrupted(19).getSeverity());
        result.getCorruptedList().forEach(row -> assertEquals(Math.rint(row.getLinear() * 20), row.getLinear() * 20, 1e-9));
        assertEquals(result, probe("again", spec));
        for (ProbeResult.Accuracy row : result.getAccuraciesList()) {
            assertTrue(row.getRankMe() >= 1 && row.getRankMe() <= row.getWidth(), row.toString());
            assertTrue(row.getActive() > 0 && row.getActive() <= 1 && row.getHalfZero() <= 1, row.toString());
            assertTrue(row.hasLinearBinarized());
        }
        assertEquals("splits/s", result.getSplit());
        assertEquals("datasets/d", result.getDataset());
    }

    @Test
    void aPairIsProbedOnAnotherDataSetWithThatOnesSplit() throws Exception {
        RegisterDatasetSpec other = SmallPair.dataset().toBuilder()
                .setComposed(SmallPair.dataset().getComposed().toBuilder().setImages(80).setSeed(9))
                .build();
        pair.f().next("other", RunSpec.newBuilder().setRegisterDataset(other).build()).execute(new RegisterDatasetTask());
        CreateSplitSpec split = CreateSplitSpec.newBuilder()
                .setDataset("datasets/other")
                .setCandidate(1)
                .setIndependent(1)
                .setExternal(25)
                .setPublicSet(45)
                .build();
        pair.f().next("other-split", RunSpec.newBuilder().setCreateSplit(split).build()).execute(new CreateSplitTask());
        ProbeResult result =
                probe("elsewhere", ProbeSpec.newBuilder().setPair("pairs/p").setSplit("splits/other-split").setK(3));
        assertEquals("datasets/other", result.getDataset());
        assertEquals("splits/other-split", result.getSplit());
        assertEquals(45, result.getTrainImages());
        assertEquals(25, result.getTestImages());
        assertEquals(List.of("f", "g"), result.getAccuraciesList().stream().map(ProbeResult.Accuracy::getEncoder).toList());
        RunFailure own = assertThrows(
                RunFailure.class, () -> probe("own", ProbeSpec.newBuilder().setPair("pairs/p").setSplit("splits/s").setK(3)));
        assertTrue(own.getMessage().startsWith("spec.split: splits/s is of the pair's own data set"), own.getMessage());
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

    /** Against a loop over the tokens of the same layer as they are; the embedding of patches has no class token yet, and is averaged whatever is asked for. */
    @ParameterizedTest
    @EnumSource
    void tokensOfATransformerAreReadAsAsked(TokenReading tokens) throws Exception {
        ImageSet images = ImageSetFile.open(pair.f().input("datasets/d").resolve(ImageSetFile.FILE_NAME));
        Network network = Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "1", "width", "12", "patch", "16"));
        int[] one = {5};
        List<String> layers = List.of("patch_embed.proj", "pos_drop", "blocks.0.mlp.fc1", "blocks.0.add_1", "norm");
        assertTrue(StateLayout.of(network).hasClassToken());
        try (StateDict state = StateLayout.of(network).initialState(3);
                LayerFeatures features = new LayerFeatures(new ProjectedEncoder(network, new NoHead()), Normalization.HALF, layers, tokens);
                PlainInput input = new PlainInput(Normalization.HALF, 32);
                Evaluation forward = Evaluation.of(network, layers.stream().map(TapRequest::raw).toList());
                Scope scope = Scope.open()) {
            Map<String, FeatureMatrix> found = features.whole(state, images, one, count -> {});
            Activations whole = forward.run(scope, state, input.whole(scope, images, one));
            for (String layer : layers) {
                Tensor raw = whole.tap(TapRequest.raw(layer));
                boolean isMap = raw.shape().length == 4;
                assertArrayEquals(isMap ? new long[] {1, 12, 2, 2} : new long[] {1, 5, layer.endsWith("fc1") ? 48 : 12}, raw.shape(), layer);
                int units = Math.toIntExact(raw.size(isMap ? 1 : 2));
                int first = !isMap && tokens == TokenReading.NO_CLASS_TOKEN ? 1 : 0;
                int last = isMap ? 4 : tokens == TokenReading.CLASS_TOKEN ? 1 : 5;
                float[] expected = new float[units];
                for (int unit = 0; unit < units; unit++) {
                    for (int token = first; token < last; token++) {
                        expected[unit] += raw.floats()[isMap ? unit * 4 + token : token * units + unit] / (last - first);
                    }
                }
                assertArrayEquals(expected, found.get(layer).row(0), 1e-5f, layer);
            }
        }
    }

    @Test
    void aNetworkWithoutAClassTokenHasNoneToProbe() {
        RunFailure failure = assertThrows(
                RunFailure.class,
                () -> probe("no-token", ProbeSpec.newBuilder().setPair("pairs/p").setTokens(ProbeSpec.Tokens.CLASS_TOKEN).setK(3)));
        assertEquals("spec.tokens: CLASS_TOKEN, but resnet9 has no class token", failure.getMessage());
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
                ProbeSpec.newBuilder().setPair("p").setSplit("s").setK(-1).addLayers("a").addLayers("").addLayers("a")
                        .addCorruptions("contrast").addCorruptions("frost").addCorruptions("contrast").setCorruptedImages(-3).build(),
                "spec",
                violations);
        ProbeRules.check(
                ProbeSpec.newBuilder().setEncoder("e").setPair("pairs/p").setSplit("s").build(), "spec", violations);
        assertEquals(
                """
                spec.pair: must be pairs/ and 1 to 63 of [a-z0-9-], is "p"
                spec.split: must be splits/ and 1 to 63 of [a-z0-9-], is "s"
                spec.k: must be at least 1, is -1
                spec.corruptions[1]: "frost" is unknown; there are *, gaussian_noise, shot_noise, impulse_noise, gaussian_blur, brightness, contrast, pixelate, speckle_noise, defocus_blur, zoom_blur, fog, saturate, jpeg_compression, glass_blur, motion_blur, elastic_transform, snow
                spec.corruptions[2]: "contrast" is named twice
                spec.corrupted_images: must be at least 1, or 0 for 1000, is -3
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
