package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.attack.dejavu.ConfidenceCurve.Accuracies;
import dev.engram.attack.dejavu.ConfidenceCurve.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceCurveTest {

    /** The target is surest of 1 and 2, the reference of 3 and 4. */
    private static final List<LabelInference> FOUR = List.of(
            Inferences.of(1, true, -0.1, false, -0.9),
            Inferences.of(2, true, -0.2, true, -0.8),
            Inferences.of(3, false, -0.3, true, -0.1),
            Inferences.of(4, false, -0.4, false, -0.2));

    @Test
    void eachEncoderRanksByItsOwnConfidence() {
        List<Point> points = ConfidenceCurve.of(FOUR, new double[] {0.1, 0.25, 0.5, 0.75, 1}).points();
        assertEquals(
                List.of(
                        point(0.25, 1, 1, 0),
                        point(0.5, 1, 0.5, 0.5),
                        point(0.75, 2.0 / 3, 2.0 / 3, 2.0 / 3),
                        point(1, 0.5, 0.5, 0.5)),
                points);
    }

    @Test
    void equalConfidencesAreCutByImageId() {
        List<LabelInference> tied = new ArrayList<>();
        for (int image = 0; image < 10; image++) {
            tied.add(Inferences.of(image, image < 5, 0, image >= 5, 0));
        }
        List<LabelInference> shuffled = new ArrayList<>(tied);
        Collections.shuffle(shuffled, new Random(7));
        assertEquals(ConfidenceCurve.of(tied), ConfidenceCurve.of(shuffled));
        Point half = ConfidenceCurve.of(shuffled, new double[] {0.5}).points().getFirst();
        assertEquals(point(0.5, 1, 0, 0), half);
    }

    @ParameterizedTest
    @CsvSource({"0.29, 100, 29", "0.57, 100, 57", "0.1, 9, 0", "0.3, 10, 3", "1, 7, 7", "0.999, 1000, 999", "0.05, 139183, 6959"})
    void keepsTheWholePartOfShareTimesImages(double share, int images, int kept) {
        assertEquals(kept, ConfidenceCurve.kept(share, images));
    }

    @Test
    void runsOverEveryPercentThatKeepsAnImage() {
        List<Point> points = ConfidenceCurve.of(Inferences.cells(20, 10, 5, 5)).points();
        assertEquals(98, points.size());
        assertEquals(0.03, points.getFirst().share());
        assertEquals(point(1, 0.75, 0.375, 0.375), points.getLast());
    }

    @Test
    void averagesDirectionsAtTheSharesBothHave() {
        ConfidenceCurve one = new ConfidenceCurve(List.of(point(0.5, 1, 0.5, 0.25), point(1, 0.5, 0.25, 0.25)));
        ConfidenceCurve other = new ConfidenceCurve(List.of(point(1, 0.25, 0.75, 0.75)));
        assertEquals(List.of(point(1, 0.375, 0.5, 0.5)), ConfidenceCurve.mean(one, other).points());
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> ConfidenceCurve.of(FOUR, new double[] {0}));
        assertThrows(IllegalArgumentException.class, () -> ConfidenceCurve.of(FOUR, new double[] {1.01}));
    }

    @Test
    void theFiveMostVotedAreCountedOverTheSameRanking() {
        NeighborVote second = new NeighborVote(List.of(0, 1), -0.1);
        List<LabelInference> images = List.of(
                new LabelInference(1, 1, second, Inferences.vote(false, -0.5)),
                new LabelInference(2, 1, Inferences.vote(false, -0.2), new NeighborVote(List.of(2, 3, 4, 5, 1), -0.1)));
        assertEquals(
                List.of(
                        new Point(0.5, new Accuracies(0, 0, 0), new Accuracies(1, 1, 0)),
                        new Point(1, new Accuracies(0, 0, 0), new Accuracies(0.5, 0.5, 0.5))),
                ConfidenceCurve.of(images, new double[] {0.5, 1}).points());
    }

    /** The votes of {@link Inferences} name one class only. */
    private static Point point(double share, double target, double reference, double referenceCommon) {
        Accuracies accuracies = new Accuracies(target, reference, referenceCommon);
        return new Point(share, accuracies, accuracies);
    }
}
