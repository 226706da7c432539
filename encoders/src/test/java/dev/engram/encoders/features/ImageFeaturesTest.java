package dev.engram.encoders.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImageFeaturesTest {
    private static final Network NETWORK = new ProjectedEncoder(ResNet9.encoder(), Projector.of(24, 10));
    private static final ImageSet IMAGES = images(270);

    private static StateDict state;

    @BeforeAll
    static void initialize() {
        state = StateLayout.of(NETWORK).initialState(5);
    }

    @AfterAll
    static void free() {
        state.close();
    }

    @Test
    void rowsFollowTheIndicesAcrossBatches() {
        int[] indices = IntStream.range(0, 270).map(i -> 269 - i).toArray();
        List<Integer> batches = new ArrayList<>();
        try (ImageFeatures features = new ImageFeatures(NETWORK, state, Normalization.HALF)) {
            FeatureMatrix all = features.whole(IMAGES, indices, batches::add);
            assertEquals(List.of(256, 14), batches);
            assertEquals(10, all.dimension());
            for (int row : new int[] {0, 255, 256, 269}) {
                float[] alone = features.whole(IMAGES, new int[] {indices[row]}, n -> {}).row(0);
                assertArrayEquals(alone, all.row(row), 1e-5f);
            }
        }
    }

    @Test
    void eachImageIsCutByItsOwnRectangle() {
        int[] indices = {3, 1, 2};
        List<CropRectangle> rectangles = List.of(
                new CropRectangle(16, 0, 16, 16), new CropRectangle(0, 20, 9, 12), CropRectangle.whole(32, 32));
        try (ImageFeatures features = new ImageFeatures(NETWORK, state, Normalization.HALF);
                PlainInput input = new PlainInput(Normalization.HALF, 32);
                Evaluation forward = Evaluation.of(NETWORK)) {
            FeatureMatrix crops = features.crops(IMAGES, indices, rectangles, n -> {});
            for (int i = 0; i < indices.length; i++) {
                try (Scope scope = Scope.open()) {
                    Tensor crop = input.crop(scope, IMAGES, new int[] {indices[i]}, rectangles.get(i));
                    assertArrayEquals(forward.run(scope, state, crop).output().floats(), crops.row(i), 1e-5f);
                }
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> features.crops(IMAGES, indices, rectangles.subList(0, 2), n -> {}));
        }
    }

    @Test
    void theBackboneIsTheSameStateWithoutTheProjector() {
        try (ImageFeatures features = new ImageFeatures(ResNet9.encoder(), state, Normalization.HALF)) {
            assertEquals(256, features.whole(IMAGES, new int[] {0}, n -> {}).dimension());
        }
    }

    @Test
    void theSameWorkGivesTheSameBits() {
        int[] indices = IntStream.range(0, 40).toArray();
        try (ImageFeatures features = new ImageFeatures(NETWORK, state, Normalization.HALF)) {
            FeatureMatrix once = features.whole(IMAGES, indices, n -> {});
            FeatureMatrix again = features.whole(IMAGES, indices, n -> {});
            assertEquals(once.bytes(0, 40), again.bytes(0, 40));
        }
    }

    @Test
    void leavesNoTensorBehindWhenStopped() {
        long before = Tensor.alive();
        try (ImageFeatures features = new ImageFeatures(NETWORK, state, Normalization.HALF)) {
            assertThrows(CancellationException.class, () -> features.whole(IMAGES, new int[] {0, 1}, n -> {
                throw new CancellationException();
            }));
        }
        assertEquals(before, Tensor.alive());
    }

    private static ImageSet images(int count) {
        ImageSetBuilder builder = new ImageSetBuilder("noise", new ImageShape(3, 32, 32), List.of("none"), count);
        StatelessRandom random = StatelessRandom.of(2, "noise");
        for (int i = 0; i < count; i++) {
            var draws = random.at(0, i, 0);
            byte[] image = new byte[3 * 32 * 32];
            for (int j = 0; j < image.length; j++) {
                image[j] = (byte) draws.bits();
            }
            builder.add(image, 0);
        }
        return builder.build();
    }
}
