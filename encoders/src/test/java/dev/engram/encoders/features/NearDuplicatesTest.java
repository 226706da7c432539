package dev.engram.encoders.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.NearDuplicates.Found;
import dev.engram.encoders.features.NearDuplicates.Scale;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

    @BeforeAll
    static void start() {
        TorchEngine.start(2);
    }

    /** Every third image of the second half is one of the first half, brighter by 5 of 255 everywhere. */
    @Test
    void findsCopiesWithAShiftOfBrightnessAtTheirDistance() {
        ImageSet images = images();
        int[] first = IntStream.range(0, 30).toArray();
        int[] second = IntStream.range(30, 60).toArray();
        List<Found> found = NearDuplicates.of(
                NearDuplicates.pixels(images, second),
                NearDuplicates.pixels(images, first),
                Scale.ROOT_MEAN_SQUARE,
                0.05,
                2,
                (done, total) -> {});
        assertEquals(IntStream.range(0, 30).filter(i -> i % 3 == 0).boxed().toList(), found.stream().map(Found::row).sorted().toList());
        for (Found pair : found) {
            assertEquals(pair.row(), pair.nearest());
            assertEquals(5 / 255.0, pair.distance(), 1e-4);
        }
    }

    @Test
    void cosineIsOfDirections() {
        FeatureMatrix images = FeatureMatrix.of(new float[][] {{3, 4}, {-1, 0}}).normalized();
        FeatureMatrix others = FeatureMatrix.of(new float[][] {{1, 0}, {6, 8.5f}}).normalized();
        List<Found> found = NearDuplicates.of(images, others, Scale.COSINE, 0.01, 1, (done, total) -> {});
        assertEquals(1, found.size());
        double cosine = (3 * 6 + 4 * 8.5) / 5 / Math.hypot(6, 8.5);
        assertEquals(1 - cosine, found.getFirst().distance(), 1e-6);
    }

    @Test
    void nothingIsNearNothing() {
        assertEquals(List.of(), NearDuplicates.of(
                FeatureMatrix.zeros(0, 2), FeatureMatrix.zeros(3, 2), Scale.COSINE, 1, 1, (done, total) -> {}));
    }

    private static ImageSet images() {
        ImageSetBuilder builder = new ImageSetBuilder("near", new ImageShape(3, 24, 24), List.of("a"), 60);
        for (int i = 0; i < 60; i++) {
            boolean copy = i >= 30 && i % 3 == 0;
            var draws = StatelessRandom.of(1, "near").at(0, copy ? i - 30 : i, 0);
            byte[] pixels = new byte[3 * 24 * 24];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (byte) (draws.uniformInt(2) * 200 + (copy ? 5 : 0));
            }
            builder.add(pixels, 0, i, List.of());
        }
        return builder.build();
    }
}
