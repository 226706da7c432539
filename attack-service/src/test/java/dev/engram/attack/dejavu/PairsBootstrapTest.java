package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsBootstrapTest {

    @Test
    void meansAreThoseOfThePairs() {
        PairsBootstrap.Result result = of(List.of(pair(30, 10), pair(20, 20), pair(10, 30)));
        double[] scores = result.gaps().stream().mapToDouble(gap -> gap.score().value()).toArray();
        assertArrayEquals(new double[] {0.2, 0, -0.2}, scores, 1e-15);
        assertEquals(0, result.mean().score().value(), 1e-15);
        assertEquals(0.5, result.mean().target().value(), 1e-15);
        assertEquals(0.2, result.deviation(), 1e-15);
    }

    /** Pairs that are alike add nothing to the uncertainty of images; pairs that differ do. */
    @Test
    void trainingsThatDifferWidenTheInterval() {
        Interval alike = of(List.of(pair(20, 20), pair(20, 20), pair(20, 20))).mean().score();
        Interval different = of(List.of(pair(40, 0), pair(20, 20), pair(0, 40))).mean().score();
        double images = Math.sqrt(0.4 / 100 / 2 / 3);
        assertEquals(2 * 1.96 * images, alike.high() - alike.low(), 0.02);
        double pairs = Math.sqrt((0.16 + 0 + 0.16) / 3 / 3);
        assertTrue(different.high() - different.low() > 2 * 1.96 * pairs * 0.85, different.toString());
    }

    @Test
    void theSeedDecides() {
        List<List<List<LabelInference>>> pairs = List.of(pair(30, 10), pair(20, 25));
        assertEquals(of(pairs), of(pairs));
    }

    @Test
    void onePairHasNoIntervalOverPairs() {
        assertThrows(IllegalArgumentException.class, () -> of(List.of(pair(1, 1))));
    }

    private static PairsBootstrap.Result of(List<List<List<LabelInference>>> pairs) {
        return PairsBootstrap.of(pairs, 2000, 3, () -> {});
    }

    /** 100 images in each direction, of which so many are memorized and misrepresented, 30 correlated. */
    private static List<List<LabelInference>> pair(int memorized, int misrepresented) {
        List<LabelInference> images = Inferences.cells(memorized, 30, misrepresented, 70 - memorized - misrepresented);
        return List.of(images, new ArrayList<>(images));
    }
}
