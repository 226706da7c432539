package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunFailure;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Interval;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real networks on images whose backgrounds tell nothing of the class: whoever did not see an image can only guess, whatever
 * corner or patch is shown.
 */
class KnownAnswerTest {
    private static final double CHANCE = 0.1;

    private static ImageSet images;

    @TempDir
    Path root;

    private AttackFixture fixture;

    @BeforeAll
    static void compose() {
        images = ComposedSet.standard(6).compose(FashionMnist.test().select(IntStream.range(0, 400).toArray()));
    }

    @BeforeEach
    void split() throws IOException {
        fixture = AttackFixture.in(root, images, 90, 150);
    }

    @Test
    void anUntrainedPairIsAtChanceAndHasNoScore() throws Exception {
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 2);
        for (CropResult crop : attack(spec()).getCropsList()) {
            assertHolds(CHANCE, crop.getTarget(), "target");
            assertHolds(CHANCE, crop.getReference(), "reference");
            assertHolds(0, crop.getScore(), "score");
        }
    }

    /** Where the background tells the class, an encoder needs no memory: both name it, and the images are correlated. */
    @Test
    void whatTheBackgroundTellsIsCorrelation() throws Exception {
        ImageSet telling = ComposedSet.standard(6, 1)
                .compose(FashionMnist.test().select(IntStream.range(0, 400).toArray()));
        fixture = AttackFixture.in(root, telling, 90, 150);
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 2);
        for (CropResult crop : attack(spec().addCuts("backbone")).getCropsList()) {
            assertTrue(crop.getReference().getCiLow() > 3 * CHANCE, crop.getReference().toString());
            assertTrue(crop.getCorrelated().getCiLow() > crop.getMemorized().getCiHigh(), crop.toString());
            assertHolds(0, crop.getScore(), "score");
        }
    }

    @Test
    void aTrainedReferenceStaysAtChance() throws Exception {
        SmallEncoders.trained(candidate(), fixture.images, fixture.split.trainingOfF(), 4, 3);
        SmallEncoders.trained(reference(), fixture.images, fixture.split.trainingOfG(), 4, 3);
        for (CropResult crop : attack(spec()).getCropsList()) {
            assertHolds(CHANCE, crop.getReference(), "reference");
        }
    }

    @Test
    void oneEncoderAsBothScoresExactlyZeroAtEveryCut() throws Exception {
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 1);
        long tensors = Tensor.alive();
        List<String> cuts = List.of("projector", "backbone", "layer2.relu", "projector.0");
        DejaVuResult result = attack(spec().addAllCuts(cuts));
        assertEquals(2 * cuts.size(), result.getCropsCount());
        for (int i = 0; i < result.getCropsCount(); i++) {
            CropResult crop = result.getCrops(i);
            assertEquals(cuts.get(i / 2), crop.getCut());
            assertEquals(i % 2 == 1, crop.getCrop().hasPeriphery());
            assertEquals(Interval.getDefaultInstance(), crop.getScore());
            assertEquals(0, crop.getMemorized().getValue());
            assertEquals(0, crop.getMisrepresented().getValue());
        }
        assertEquals(tensors, Tensor.alive());
    }

    @Test
    void manyCutsInOneRunAreThoseOfOneEach() throws Exception {
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 2);
        DejaVuResult together = attack(spec().addAllCuts(List.of("backbone", "projector")).setCosine(true));
        DejaVuResult alone = attack(spec().addCuts("projector").setCosine(true));
        assertEquals(alone.getCropsList(), together.getCropsList().subList(2, 4));
        RunFailure failure = assertThrows(RunFailure.class, () -> attack(spec().addCuts("layer9")));
        assertTrue(failure.getMessage().startsWith("spec.cuts: encoders/p-f: there is no layer9"), failure.getMessage());
    }

    /** The classifier's answer to each crop is what its tensors make of the projector's output. */
    @Test
    void aClassifierIsAskedInsteadOfNeighbors() throws Exception {
        int[] training = fixture.split.trainingOfF();
        SmallEncoders.supervised(candidate(), fixture.images, training, 2, 3);
        SmallEncoders.supervised(reference(), fixture.images, fixture.split.trainingOfG(), 2, 3);
        DejaVuResult result = attack(spec().addAllCuts(List.of("logits", "projector")).setProbeControl(true));
        assertEquals("logits", result.getCrops(0).getCut());
        assertEquals(List.of("f", "g"), result.getProbesList().stream().map(ProbeControl::getEncoder).toList());
        ProbeControl probe = result.getProbes(0);
        assertEquals(training.length, probe.getTrainingImages());
        assertTrue(probe.getTraining() - probe.getValidation() > 0.3, probe.toString());
        assertEquals(120, probe.getValidationImages());
        ScratchRun run = new ScratchRun(root, AttackFixture.PAIR, AttackFixture.spec(spec()));
        try (FeatureSource source = EncoderFeatures.open(run, "encoders/p-f", List.of("logits", "projector"));
                StateDict head = TrainedEncoder.readClassifier(candidate()).orElseThrow()) {
            List<FeatureMatrix> features = source.whole(fixture.images, new int[] {0, 1, 2}, batch -> {});
            for (int row = 0; row < 3; row++) {
                assertArrayEquals(logits(head, features.get(1).row(row)), features.get(0).row(row), 1e-4f);
            }
        }
        SmallEncoders.untrained(reference(), 1);
        RunFailure none = assertThrows(RunFailure.class, () -> attack(spec().addCuts("logits")));
        assertTrue(none.getMessage().startsWith("spec.cuts: encoders/p-g: there is no logits to cut at"), none.getMessage());
    }

    /** Linear(ReLU(BatchNorm(z))), as supervised training has it on a projector. */
    private static float[] logits(StateDict head, float[] z) {
        float[] weight = head.get("2.weight").floats();
        float[] logits = head.get("2.bias").floats();
        for (int i = 0; i < z.length; i++) {
            double standard = (z[i] - head.get("0.running_mean").floats()[i])
                    / Math.sqrt(head.get("0.running_var").floats()[i] + 1e-5);
            double seen = Math.max(0, standard * head.get("0.weight").floats()[i] + head.get("0.bias").floats()[i]);
            for (int label = 0; label < logits.length; label++) {
                logits[label] += (float) (seen * weight[label * z.length + i]);
            }
        }
        return logits;
    }

    @Test
    void aDamagedCheckpointIsNamed() throws Exception {
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 1);
        Path weights = reference().resolve("encoder.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 4;
        Files.write(weights, bytes);
        RunFailure failure = assertThrows(RunFailure.class, () -> attack(spec()));
        assertEquals(RunError.Category.DATA_LOSS, failure.category());
        assertTrue(failure.getMessage().startsWith("encoders/p-g: "), failure.getMessage());
    }

    private Path candidate() {
        return ScratchRun.input(root, AttackFixture.PAIR.candidate());
    }

    private Path reference() {
        return ScratchRun.input(root, AttackFixture.PAIR.reference());
    }

    private DejaVuResult attack(DejaVuSpec.Builder spec) throws Exception {
        ScratchRun run = new ScratchRun(root, AttackFixture.PAIR, AttackFixture.spec(spec)).execute(new DejaVuTask());
        DejaVuResult.Builder result = DejaVuResult.newBuilder();
        JsonFormat.parser().merge(Files.readString(run.result().resolve("result.json")), result);
        return result.build();
    }

    private static DejaVuSpec.Builder spec() {
        return DejaVuSpec.newBuilder()
                .addCrops(AttackFixture.corner(Crop.Corner.LOWER_LEFT, 0.3))
                .addCrops(AttackFixture.periphery())
                .setResamples(500);
    }

    private static void assertHolds(double truth, Interval interval, String figure) {
        assertTrue(interval.getCiLow() <= truth && truth <= interval.getCiHigh(), figure + " " + interval);
    }
}
