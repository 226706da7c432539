package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DejaVuScoreTest {

    @Test
    void averagesBothDirections() {
        DejaVuScore score = score(Inferences.cells(30, 20, 10, 40), Inferences.cells(5, 10, 15, 20));
        assertEquals((0.5 + 0.3) / 2, score.top1().target().value(), 1e-15);
        assertEquals((0.3 + 0.5) / 2, score.top1().reference().value(), 1e-15);
        assertEquals((0.3 + 0.1) / 2, score.memorized().value(), 1e-15);
        assertEquals(0.2, score.correlated().value(), 1e-15);
        assertEquals((0.1 + 0.3) / 2, score.misrepresented().value(), 1e-15);
        assertEquals(0.4, score.unassociated().value(), 1e-15);
        assertEquals(0.0, score.top1().score().value(), 1e-15);
        assertEquals(List.of(100, 50), score.directions().stream().map(FourWayPartition::images).toList());
    }

    @Test
    void scoreIsMemorizedMinusMisrepresented() {
        Random random = new Random(5);
        for (int trial = 0; trial < 50; trial++) {
            DejaVuScore score = score(randomCells(random), randomCells(random));
            assertEquals(score.memorized().value() - score.misrepresented().value(), score.top1().score().value());
            assertEquals(score.top1().target().value() - score.top1().reference().value(), score.top1().score().value(), 1e-15);
            score.directions().forEach(partition -> assertEquals(
                    partition.memorized() - partition.misrepresented(),
                    partition.memorized() + partition.correlated() - (partition.misrepresented() + partition.correlated())));
        }
    }

    @Test
    void theSameEncoderTwiceScoresExactlyZero() {
        List<LabelInference> images = new ArrayList<>();
        for (int image = 0; image < 60; image++) {
            NeighborVote vote = NeighborVote.of(new int[] {image % 3, image % 2, image % 5}, 10);
            images.add(new LabelInference(image, image % 4, vote, vote));
        }
        DejaVuScore score = score(images, images.subList(0, 31));
        assertEquals(new Interval(0, 0, 0), score.top1().score());
        assertEquals(new Interval(0, 0, 0), score.memorized());
        assertEquals(new Interval(0, 0, 0), score.misrepresented());
        score.curve().points().forEach(point -> assertEquals(point.top1().target(), point.top1().reference()));
    }

    @Test
    void aReferenceThatIsBetterScoresBelowZero() {
        assertTrue(score(Inferences.cells(0, 0, 30, 10), Inferences.cells(0, 0, 30, 10)).top1().score().high() < 0);
    }

    @Test
    void mostConvincingImagesComeFirstInTheirCell() {
        List<LabelInference> images = new ArrayList<>(List.of(
                Inferences.of(1, true, -1.0, false, -1.5),
                Inferences.of(2, true, -0.5, false, -2.0),
                Inferences.of(3, true, -0.1, true, -2.0),
                Inferences.of(4, true, -0.9, true, -0.8),
                Inferences.of(5, false, -2.0, true, -0.5),
                Inferences.of(6, false, -2.0, true, -0.1),
                Inferences.of(8, true, -0.5, false, -2.0)));
        images.sort(LabelInference.mostConvincingFirst());
        assertEquals(List.of(2, 8, 1, 4, 3, 6, 5), images.stream().map(LabelInference::image).toList());
    }

    @Test
    void needsAnImageInEachDirection() {
        assertThrows(IllegalArgumentException.class, () -> FourWayPartition.of(List.of()));
    }

    private static DejaVuScore score(List<LabelInference> candidates, List<LabelInference> independents) {
        return DejaVuScore.of(
                candidates, independents, new PairedBootstrap(List.of(candidates, independents), 200, 0));
    }

    private static List<LabelInference> randomCells(Random random) {
        return Inferences.cells(1 + random.nextInt(50), random.nextInt(50), random.nextInt(50), random.nextInt(50));
    }
}
