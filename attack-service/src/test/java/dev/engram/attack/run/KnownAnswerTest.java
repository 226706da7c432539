package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Interval;
import dev.engram.v1.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void aTrainedReferenceStaysAtChance() throws Exception {
        SmallEncoders.trained(candidate(), fixture.images, fixture.split.trainingOfF(), 4, 3);
        SmallEncoders.trained(reference(), fixture.images, fixture.split.trainingOfG(), 4, 3);
        for (CropResult crop : attack(spec()).getCropsList()) {
            assertHolds(CHANCE, crop.getReference(), "reference");
        }
    }

    @Test
    void oneEncoderAsBothScoresExactlyZeroAtEitherCut() throws Exception {
        SmallEncoders.untrained(candidate(), 1);
        SmallEncoders.untrained(reference(), 1);
        long tensors = Tensor.alive();
        for (String cut : new String[] {"projector", "backbone"}) {
            DejaVuResult result = attack(spec().setCut(cut).setCosine(cut.equals("backbone")));
            assertEquals(cut, result.getCut());
            for (CropResult crop : result.getCropsList()) {
                assertEquals(Interval.getDefaultInstance(), crop.getScore());
                assertEquals(0, crop.getMemorized().getValue());
                assertEquals(0, crop.getMisrepresented().getValue());
            }
        }
        assertEquals(tensors, Tensor.alive());
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
