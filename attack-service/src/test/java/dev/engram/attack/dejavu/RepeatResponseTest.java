package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatResponseTest {
    private static final int RESAMPLES = 400;

    /** Image i of a list is repeated as often as its id says. */
    private static int repeatCount(LabelInference image) {
        return 1 << image.image() % 4;
    }

    @Test
    void everyCountHasTheScoreOfItsImagesAlone() {
        List<LabelInference> candidates = Inferences.cells(31, 10, 12, 27);
        List<LabelInference> independents = Inferences.cells(9, 21, 14, 16);
        RepeatResponse response = response(candidates, independents);
        assertEquals(List.of(1, 2, 4, 8), response.counts().stream().map(RepeatResponse.Count::repeatCount).toList());
        for (RepeatResponse.Count count : response.counts()) {
            List<LabelInference> one = alike(candidates, count.repeatCount());
            List<LabelInference> other = alike(independents, count.repeatCount());
            assertEquals(one.size() + other.size(), count.images());
            assertEquals(DejaVuScore.of(one, other, new PairedBootstrap(List.of(one, other), RESAMPLES, 3)), count.score());
        }
    }

    /** Against the textbook form of the slope, Σ (x - x̄)(y - ȳ) / Σ (x - x̄)². */
    @Test
    void theGainPerDoublingIsTheLeastSquaresSlope() {
        Random random = new Random(2);
        List<LabelInference> images = new ArrayList<>();
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < 300; i++) {
            LabelInference image = Inferences.of(i, random.nextInt(8) < 1 + i % 4, 0, random.nextInt(8) == 0, 0);
            images.add(image);
            meanX += i % 4 / 300.0;
            meanY += response(image) / 300.0;
        }
        double covariance = 0;
        double variance = 0;
        for (LabelInference image : images) {
            double x = image.image() % 4 - meanX;
            covariance += x * (response(image) - meanY);
            variance += x * x;
        }
        RepeatResponse response = response(images.subList(0, 130), images.subList(130, 300));
        assertEquals(covariance / variance, response.perDoubling().value(), 1e-12);
        assertTrue(response.perDoubling().low() > 0 && response.perDoubling().low() < response.perDoubling().value());
        assertTrue(response.perDoubling().high() > response.perDoubling().value());
        assertEquals(response, response(images.subList(0, 130), images.subList(130, 300)));
    }

    @Test
    void withoutRepeatsThereIsNoResponse() {
        List<LabelInference> images = Inferences.cells(3, 3, 3, 3);
        assertTrue(RepeatResponse.of(List.of(images, images), image -> 5, 100, 0, () -> {}).isEmpty());
    }

    /** A count of one direction alone is scored by that direction. */
    @Test
    void aCountMayBeInOneDirectionOnly() {
        List<LabelInference> images = Inferences.cells(3, 1, 0, 0);
        RepeatResponse response = RepeatResponse.of(
                        List.of(images, Inferences.cells(0, 0, 1, 3)), image -> image.targetRight() ? 2 : 1, 100, 0, () -> {})
                .orElseThrow();
        assertEquals(0.75, response.counts().getLast().score().top1().score().value());
        assertEquals(-0.25, response.counts().getFirst().score().top1().score().value());
        assertEquals(1.0, response.perDoubling().value(), 1e-12);
    }

    private static RepeatResponse response(List<LabelInference> candidates, List<LabelInference> independents) {
        return RepeatResponse.of(List.of(candidates, independents), RepeatResponseTest::repeatCount, RESAMPLES, 3, () -> {})
                .orElseThrow();
    }

    private static List<LabelInference> alike(List<LabelInference> images, int count) {
        return images.stream().filter(image -> repeatCount(image) == count).toList();
    }

    private static int response(LabelInference image) {
        return (image.targetRight() ? 1 : 0) - (image.referenceRight() ? 1 : 0);
    }
}
