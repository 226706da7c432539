package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final ToDoubleFunction<DirectionTally> SCORE =
            tally -> tally.partition().share(Cell.MEMORIZED) - tally.partition().share(Cell.MISREPRESENTED);

    /**
     * An image adds d ∈ {+1, 0, -1} to the score, so its standard error is known. The encoders mostly agree; taken
     * apart, their errors would be three times as large.
     */
    @Test
    void intervalHasTheWidthOfThePairedStandardError() {
        List<LabelInference> images = Inferences.cells(60, 440, 40, 460);
        Interval interval = new PairedBootstrap(List.of(images), 4000, 1).interval(0.02, SCORE);
        double paired = Math.sqrt((0.1 - 0.02 * 0.02) / 1000);
        assertEquals(0.02 - 1.96 * paired, interval.low(), 0.002);
        assertEquals(0.02 + 1.96 * paired, interval.high(), 0.002);
    }

    @Test
    void directionsAreResampledApart() {
        List<LabelInference> always = Inferences.cells(100, 0, 0, 0);
        List<LabelInference> never = Inferences.cells(0, 0, 0, 100);
        Interval interval = new PairedBootstrap(List.of(always, never), 100, 1).interval(0.5, SCORE);
        assertEquals(new Interval(0.5, 0.5, 0.5), interval);
    }

    /** The mean of two equal directions has 1/√2 of the error of one; were they drawn alike, as much. */
    @Test
    void equalDirectionsAreDrawnApart() {
        List<LabelInference> images = Inferences.cells(100, 200, 60, 140);
        Interval interval = new PairedBootstrap(List.of(images, images), 4000, 1).interval(0.08, SCORE);
        double error = Math.sqrt((0.32 - 0.08 * 0.08) / 500 / 2);
        assertEquals(0.08 - 1.96 * error, interval.low(), 0.003);
        assertEquals(0.08 + 1.96 * error, interval.high(), 0.003);
    }

    @Test
    void asManyImagesAreDrawnAsThereAre() {
        Interval interval = new PairedBootstrap(List.of(Inferences.cells(1, 0, 0, 0)), 10, 1).interval(1, SCORE);
        assertEquals(new Interval(1, 1, 1), interval);
    }

    @Test
    void theSeedDecidesEveryDraw() {
        List<List<LabelInference>> directions = List.of(Inferences.cells(7, 3, 5, 9), Inferences.cells(8, 3, 1, 2));
        Interval one = new PairedBootstrap(directions, 500, 42).interval(0, SCORE);
        assertEquals(one, new PairedBootstrap(directions, 500, 42).interval(0, SCORE));
        assertNotEquals(one, new PairedBootstrap(directions, 500, 43).interval(0, SCORE));
    }

    /** numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.025, 0.975]). */
    @Test
    void percentilesAreLinearBetweenOrderStatistics() {
        Interval interval = Interval.percentile(4, new double[] {3, 1, 4, 1, 5, 9, 2, 6});
        assertEquals(1.0, interval.low(), 1e-12);
        assertEquals(8.475, interval.high(), 1e-12);
    }

    @Test
    void canBeStoppedBetweenResamples() {
        List<List<LabelInference>> directions = List.of(Inferences.cells(1, 1, 1, 1));
        assertThrows(CancellationException.class, () -> new PairedBootstrap(directions, 10, 0, () -> {
            throw new CancellationException();
        }));
        assertThrows(IllegalArgumentException.class, () -> new PairedBootstrap(directions, 0, 0));
    }
}
