package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.layermem.AnchoredGram;
import dev.engram.metrics.layermem.NaiveDistance;
import dev.engram.metrics.layermem.ViewDistance;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each image goes beside one whose views are far apart, so that one batch holds images of both ways. */
class AnchoredGramReductionTest {
    private static final int VIEWS = 4;
    private static final List<Tap> TAPS = List.of(
            new Tap("in parts of 512", Tap.Kind.CONV, List.of(8L, 16L, 16L)),
            new Tap("in parts of 392", Tap.Kind.CONV, List.of(12L, 14L, 14L)),
            new Tap("by differences", Tap.Kind.CONV, List.of(8L, 5L, 5L)));

    @BeforeAll
    static void oneThread() {
        TorchEngine.start(1);
    }

    /** What all views share, how large it is, and how large what tells them apart is. */
    static Stream<Arguments> views() {
        return TAPS.stream().flatMap(tap -> Stream.of(
                Arguments.of(tap, 0, 0, 1),
                Arguments.of(tap, 0, 1, Math.sqrt(1 / 200.)),
                Arguments.of(tap, 0, 1, Math.sqrt(1 / 300.)),
                Arguments.of(tap, 0, 1, 1e-4),
                Arguments.of(tap, 100, 0, 12),
                Arguments.of(tap, 100, 0, 1),
                Arguments.of(tap, 100, 0, 0.01),
                Arguments.of(tap, 0, 0, 1e16),
                Arguments.of(tap, 0, 0, 1e-16)));
    }

    /** Just apart, just near, nearly equal, on a large constant, and of lengths whose squares come near the limits of float. */
    @ParameterizedTest
    @MethodSource("views")
    void agreesWithTheDefinition(Tap tap, double constant, double shared, double own) {
        float[] base = values(Math.toIntExact(tap.elements()), 99);
        float[][] image = new float[VIEWS][];
        for (int view = 0; view < VIEWS; view++) {
            image[view] = values(base.length, view);
            for (int i = 0; i < base.length; i++) {
                image[view][i] = (float) (constant + shared * base[i] + own * image[view][i]);
            }
        }
        AnchoredGram gram = reduced(tap, image);
        assertClose(NaiveDistance.mean(image, ViewDistance.L2, true), gram.meanDistance(ViewDistance.L2, true));
        assertClose(NaiveDistance.mean(image, ViewDistance.L2, false), gram.meanDistance(ViewDistance.L2, false));
        assertClose(NaiveDistance.toFirst(image, ViewDistance.L2, false), gram.meanToFirst(ViewDistance.L2, false));
    }

    @Test
    void equalViewsAndZerosAreAtDistanceZero() {
        for (Tap tap : TAPS) {
            float[] one = values(Math.toIntExact(tap.elements()), 1);
            float[] zero = new float[one.length];
            assertEquals(0, reduced(tap, one, one, one, one).meanDistance(ViewDistance.L2, false));
            assertEquals(0, reduced(tap, zero, zero, zero, zero).meanDistance(ViewDistance.L2, false));
            assertEquals(0.5, reduced(tap, one, zero, one, zero).meanDistance(ViewDistance.COSINE, false) * 6 / 8, 1e-12);
            assertEquals(0.5, reduced(tap, zero, one, zero, one).meanDistance(ViewDistance.COSINE, false) * 6 / 8, 1e-12);
        }
    }

    @Test
    void whatIsNoNumberIsToldInItsImageAlone() {
        for (Tap tap : TAPS) {
            for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f}) {
                for (int view = 0; view < VIEWS; view++) {
                    float[][] image = new float[VIEWS][];
                    for (int i = 0; i < VIEWS; i++) {
                        image[i] = values(Math.toIntExact(tap.elements()), i);
                    }
                    image[view][7] = value;
                    double distance = reduced(tap, image).meanDistance(ViewDistance.L2, false);
                    assertTrue(Double.isNaN(distance), tap.path() + ", " + value + " in view " + view + ": " + distance);
                }
            }
        }
    }

    /** The image's, after its neighbor's was held to what it is alone. */
    private static AnchoredGram reduced(Tap tap, float[]... image) {
        int elements = Math.toIntExact(tap.elements());
        float[] both = new float[2 * VIEWS * elements];
        float[][] neighbor = new float[VIEWS][];
        for (int view = 0; view < VIEWS; view++) {
            neighbor[view] = values(elements, 20 + view);
            System.arraycopy(neighbor[view], 0, both, 2 * view * elements, elements);
            System.arraycopy(image[view], 0, both, (2 * view + 1) * elements, elements);
        }
        ProgramText text = new ProgramText();
        String result = new AnchoredGramReduction(VIEWS, false).write(tap, "x", text);
        try (TorchProgram program = TorchProgram.compile(text.forward("x: Tensor", "Tensor", result));
                Scope scope = Scope.open()) {
            long[] shape = {2 * VIEWS, tap.shape().get(0), tap.shape().get(1), tap.shape().get(2)};
            float[] matrices = program.run(scope, scope.floats(both, shape)).tensor().floats();
            assertClose(
                    NaiveDistance.mean(neighbor, ViewDistance.L2, false),
                    new AnchoredGram(matrices, 0, VIEWS).meanDistance(ViewDistance.L2, false));
            return new AnchoredGram(matrices, VIEWS * VIEWS, VIEWS);
        }
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 2e-5 * expected);
    }

    private static float[] values(int count, int seed) {
        return StatelessRandom.of(seed, "values").at(0, 0, 0).uniformFloats(count, -1, 1);
    }
}
