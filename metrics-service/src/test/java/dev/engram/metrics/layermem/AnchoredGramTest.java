package dev.engram.metrics.layermem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchoredGramTest {

    @ParameterizedTest
    @CsvSource({
        "L2, true, 1", "L2, false, 1", "COSINE, false, 1", "ANGULAR, false, 1",
        "L2, true, 0.01", "L2, false, 0.01", "ANGULAR, false, 0.01",
        "L2, true, 1e-5", "L2, false, 1e-5", "COSINE, false, 1e-4"
    })
    void agreesWithTheDefinition(ViewDistance distance, boolean raw, double spread) {
        for (int seed = 0; seed < 20; seed++) {
            float[][] views = views(2 + seed % 6, 40, spread, seed);
            double expected = NaiveDistance.mean(views, distance, raw);
            double actual = new AnchoredGram(NaiveDistance.anchoredGram(views), 0, views.length).meanDistance(distance, raw);
            assertEquals(expected, actual, 2e-5 * expected);
            double toFirst = NaiveDistance.toFirst(views, distance, raw);
            double actualToFirst = new AnchoredGram(NaiveDistance.anchoredGram(views), 0, views.length).meanToFirst(distance, raw);
            assertEquals(toFirst, actualToFirst, 2e-5 * toFirst);
        }
    }

    @Test
    void equalViewsAreAtDistanceZeroExactly() {
        float[] view = views(1, 50, 1, 3)[0];
        float[][] views = {view, view.clone(), view.clone()};
        AnchoredGram gram = new AnchoredGram(NaiveDistance.anchoredGram(views), 0, 3);
        assertEquals(0, gram.meanDistance(ViewDistance.L2, false));
        assertEquals(0, gram.meanDistance(ViewDistance.L2, true));
        assertEquals(0, gram.meanDistance(ViewDistance.COSINE, false));
        assertEquals(0, gram.meanDistance(ViewDistance.ANGULAR, false));
    }

    @Test
    void zeroVectorsHaveNoDirection() {
        AnchoredGram both = new AnchoredGram(new float[4], 0, 2);
        AnchoredGram one = new AnchoredGram(NaiveDistance.anchoredGram(new float[][] {{0, 0}, {0, 3}}), 0, 2);
        assertEquals(0, both.meanDistance(ViewDistance.ANGULAR, false));
        assertEquals(0.5, one.meanDistance(ViewDistance.ANGULAR, false));
        assertEquals(1, one.meanDistance(ViewDistance.COSINE, false));
        assertEquals(1, one.meanDistance(ViewDistance.L2, false));
        assertEquals(3, one.meanDistance(ViewDistance.L2, true));
    }

    @Test
    void oppositesAreFarthest() {
        AnchoredGram gram = new AnchoredGram(NaiveDistance.anchoredGram(new float[][] {{1, 0}, {-2, 0}}), 0, 2);
        assertEquals(1, gram.meanDistance(ViewDistance.ANGULAR, false), 1e-7);
        assertEquals(2, gram.meanDistance(ViewDistance.COSINE, false), 1e-7);
        assertEquals(2, gram.meanDistance(ViewDistance.L2, false), 1e-7);
    }

    @Test
    void readsFromAnOffset() {
        float[] gram = NaiveDistance.anchoredGram(views(3, 8, 1, 5));
        float[] shifted = new float[gram.length + 4];
        System.arraycopy(gram, 0, shifted, 4, gram.length);
        assertEquals(
                new AnchoredGram(gram, 0, 3).meanDistance(ViewDistance.L2, false),
                new AnchoredGram(shifted, 4, 3).meanDistance(ViewDistance.L2, false));
    }

    @Test
    void refusesOneViewAndL1() {
        assertThrows(IllegalArgumentException.class, () -> new AnchoredGram(new float[1], 0, 1));
        AnchoredGram gram = new AnchoredGram(new float[4], 0, 2);
        assertThrows(IllegalArgumentException.class, () -> gram.meanDistance(ViewDistance.L1, false));
    }

    private static float[][] views(int count, int size, double spread, int seed) {
        RandomStream draws = StatelessRandom.of(seed, "views").at(0, 0, 0);
        float[] center = draws.normalFloats(size, 0, 1);
        float[][] views = new float[count][size];
        for (float[] view : views) {
            for (int i = 0; i < size; i++) {
                view[i] = (float) (center[i] + spread * draws.normal());
            }
        }
        return views;
    }
}
