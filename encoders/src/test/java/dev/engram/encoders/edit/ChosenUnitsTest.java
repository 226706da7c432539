package dev.engram.encoders.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.network.Tap;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChosenUnitsTest {
    private static final List<EditableLayer> LAYERS = List.of(layer("a", 4), layer("b", 10), layer("c", 3));
    private static final List<Double> SHARES = List.of(0.0, 0.1, 0.25, 0.5, 0.8, 1.0);

    @Test
    void aShareOfEachLayerIsWhatALoopFinds() {
        for (int seed = 0; seed < 20; seed++) {
            Map<String, double[]> scores = scores(seed);
            for (double share : SHARES) {
                for (boolean highest : new boolean[] {true, false}) {
                    ChosenUnits chosen = ChosenUnits.byScore(LAYERS, scores, highest, share, UnitPool.PER_LAYER);
                    for (EditableLayer layer : LAYERS) {
                        int wanted = (int) Math.floor(share * layer.units() + 0.5);
                        Set<Integer> naive = extremes(scores.get(layer.path()), Math.min(wanted, layer.units() - 1), highest);
                        assertEquals(naive, chosen.byLayer().get(layer), layer.path() + " " + share + " " + highest);
                    }
                    assertEquals(17, chosen.considered());
                    assertEquals(share == 1 ? 3 : 0, chosen.spared());
                }
            }
        }
    }

    @Test
    void namedUnitsAreTakenButOneOfALayerStays() {
        ChosenUnits chosen = ChosenUnits.named(Map.of(
                LAYERS.get(0), List.of(3, 0, 2, 1), LAYERS.get(1), List.of(7), LAYERS.get(2), List.of()));
        assertEquals(Set.of(0, 2, 3), chosen.byLayer().get(LAYERS.get(0)), "the last in order stays");
        assertEquals(Set.of(7), chosen.byLayer().get(LAYERS.get(1)));
        assertEquals(List.of(4, 17, 1), List.of(chosen.count(), chosen.considered(), chosen.spared()));
        assertThrows(IllegalArgumentException.class, () -> ChosenUnits.named(Map.of(LAYERS.get(2), List.of(3))));
    }

    @Test
    void othersAreAsManyOfEachLayerAndDisjointWhileThereAreEnough() {
        ChosenUnits chosen = ChosenUnits.named(Map.of(
                LAYERS.get(0), List.of(1, 2, 3), LAYERS.get(1), List.of(0, 4, 9), LAYERS.get(2), List.of()));
        Set<Integer> drawn = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            ChosenUnits others = chosen.othersAtRandom(seed);
            for (EditableLayer layer : LAYERS) {
                assertEquals(chosen.byLayer().get(layer).size(), others.byLayer().get(layer).size());
            }
            Set<Integer> ofSmall = new TreeSet<>(others.byLayer().get(LAYERS.get(0)));
            assertTrue(ofSmall.remove(0), "the only unit that is left comes first");
            assertTrue(chosen.byLayer().get(LAYERS.get(0)).containsAll(ofSmall));
            drawn.addAll(others.byLayer().get(LAYERS.get(1)));
            assertEquals(others, chosen.othersAtRandom(seed));
        }
        assertEquals(Set.of(1, 2, 3, 5, 6, 7, 8), drawn);
    }

    /** Repeatedly the best of those that are left, the first of equals. */
    private static Set<Integer> extremes(double[] scores, int count, boolean highest) {
        Set<Integer> taken = new TreeSet<>();
        while (taken.size() < count) {
            int best = -1;
            for (int i = 0; i < scores.length; i++) {
                boolean better = best < 0 || (highest ? scores[i] > scores[best] : scores[i] < scores[best]);
                if (!taken.contains(i) && better) {
                    best = i;
                }
            }
            taken.add(best);
        }
        return taken;
    }

    @Test
    void aShareOfAllNeverEmptiesALayerAndStillTakesAsManyAsAskedFor() {
        Map<String, double[]> scores = Map.of(
                "a", new double[] {9, 9, 9, 9}, "b", new double[10], "c", new double[] {1, 5, 1});
        ChosenUnits half = ChosenUnits.byScore(LAYERS, scores, true, 5 / 17.0, UnitPool.TOTAL);
        assertEquals(Set.of(0, 1, 2), half.byLayer().get(LAYERS.get(0)), "the last of equals stays");
        assertEquals(Set.of(0, 1), half.byLayer().get(LAYERS.get(2)));
        assertEquals(5, half.count());
        assertEquals(1, half.spared());

        ChosenUnits all = ChosenUnits.byScore(LAYERS, scores, true, 1, UnitPool.TOTAL);
        assertEquals(17 - 3, all.count());
        assertEquals(3, all.spared());
    }

    @Test
    void aRandomDrawIsAFunctionOfItsSeedAndGrowsWithTheShare() {
        for (UnitPool pool : UnitPool.values()) {
            ChosenUnits before = ChosenUnits.atRandom(LAYERS, 7, 0, pool);
            assertEquals(0, before.count());
            for (double share : SHARES) {
                ChosenUnits chosen = ChosenUnits.atRandom(LAYERS, 7, share, pool);
                assertTrue(chosen.contains(before), pool + " " + share);
                assertEquals(chosen, ChosenUnits.atRandom(LAYERS, 7, share, pool));
                before = chosen;
            }
            assertNotEquals(ChosenUnits.atRandom(LAYERS, 7, 0.5, pool), ChosenUnits.atRandom(LAYERS, 8, 0.5, pool));
        }
        assertEquals(
                ChosenUnits.atRandom(LAYERS, 7, 0.5, UnitPool.PER_LAYER).byLayer().get(LAYERS.get(1)),
                ChosenUnits.atRandom(LAYERS.subList(1, 2), 7, 0.5, UnitPool.PER_LAYER).byLayer().get(LAYERS.get(1)),
                "whatever other layers are considered");
    }

    @Test
    void everyUnitIsDrawnAsOften() {
        int[] drawn = new int[10];
        int trials = 2000;
        for (int seed = 0; seed < trials; seed++) {
            ChosenUnits.atRandom(LAYERS, seed, 0.3, UnitPool.PER_LAYER).byLayer().get(LAYERS.get(1)).forEach(unit -> drawn[unit]++);
        }
        for (int unit = 0; unit < 10; unit++) {
            assertEquals(0.3, (double) drawn[unit] / trials, 4 * Math.sqrt(0.3 * 0.7 / trials), "unit " + unit);
        }
    }

    @Test
    void scoresThatDoNotFitAreAllNamed() {
        Map<String, double[]> scores = new HashMap<>(scores(0));
        scores.remove("a");
        scores.put("b", new double[9]);
        scores.put("c", new double[] {0, Double.NaN, 0});
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ChosenUnits.byScore(LAYERS, scores, true, 0.1, UnitPool.TOTAL))
                .getMessage();
        assertEquals("a has 4 units and no scores; b has 10 units and 9 scores; c has a score that is no number", message);
        assertThrows(IllegalArgumentException.class, () -> ChosenUnits.atRandom(LAYERS, 0, 1.5, UnitPool.TOTAL));
        assertThrows(IllegalArgumentException.class, () -> ChosenUnits.atRandom(LAYERS, 0, Double.NaN, UnitPool.TOTAL));
    }

    /** Few different values, so that there are ties. */
    private static Map<String, double[]> scores(int seed) {
        RandomStream stream = StatelessRandom.of(seed, "scores").at(0, 0, 0);
        Map<String, double[]> scores = new HashMap<>();
        for (EditableLayer layer : LAYERS) {
            double[] values = new double[layer.units()];
            for (int i = 0; i < values.length; i++) {
                values[i] = stream.uniformInt(4) / 4.0;
            }
            scores.put(layer.path(), values);
        }
        return scores;
    }

    private static EditableLayer layer(String path, int units) {
        return new EditableLayer(path, Tap.Kind.CONV, units, new ArrayList<>(List.of(path + ".weight")), Optional.empty(), Optional.empty());
    }
}
