package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.NaiveDistance;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.LayerDistances.Options;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerDistancesTest {
    private static final Network NETWORK = ResNet9.encoder();
    private static final int VIEWS = 3;
    private static final int IMAGES = 2;

    @BeforeAll
    static void oneThread() {
        TorchEngine.start(1);
    }

    static Stream<Arguments> options() {
        return Stream.of(
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L2, false, false)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L2, false, true)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L2, true, false)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.COSINE, false, false)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.ANGULAR, true, false)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L1, false, false)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L1, true, true)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L2, false, false, true)),
                Arguments.of("resnet9", new Options(VIEWS, ViewDistance.L1, true, false, true)),
                Arguments.of("resnet18", new Options(VIEWS, ViewDistance.L2, false, false)),
                Arguments.of("vit_tiny", new Options(VIEWS, ViewDistance.L2, false, false)),
                Arguments.of("vit_tiny", new Options(VIEWS, ViewDistance.COSINE, true, false)));
    }

    /** Every layer's whole activation comes to Java and is compared view by view. */
    @ParameterizedTest
    @MethodSource("options")
    void agreesWithANaiveLoopOverTheWholeActivation(String name, Options options) {
        Network network = Networks.encoder(name, 3, 32);
        try (LayerDistances distances = new LayerDistances(network, options);
                StateDict state = StateLayout.of(network).initialState(3);
                Scope scope = Scope.open()) {
            Tensor views = views(scope, VIEWS * IMAGES, 1);
            double[][] actual = distances.of(state, views);
            List<TapRequest> requests = paths(distances.layers()).stream()
                    .map(path -> options.pooled() ? TapRequest.mean(path) : TapRequest.flat(path))
                    .toList();
            try (Evaluation forward = Evaluation.of(network, requests)) {
                Activations whole = forward.run(scope, state, views);
                for (int layer = 0; layer < actual.length; layer++) {
                    float[][] vectors = vectors(whole.tap(requests.get(layer)).floats());
                    for (int image = 0; image < IMAGES; image++) {
                        float[][] ofImage = new float[VIEWS][];
                        for (int view = 0; view < VIEWS; view++) {
                            ofImage[view] = vectors[view * IMAGES + image];
                        }
                        double expected = options.toFirst()
                                ? NaiveDistance.toFirst(ofImage, options.distance(), options.raw())
                                : NaiveDistance.mean(ofImage, options.distance(), options.raw());
                        assertEquals(expected, actual[layer][image], 2e-5 * expected, requests.get(layer).path());
                    }
                }
            }
        }
    }

    @Test
    void everyModuleHasARowButReLu() {
        try (LayerDistances distances = l2(VIEWS)) {
            List<MeasuredLayer> layers = distances.layers();
            assertEquals(new MeasuredLayer("prep.conv", "conv", 1), layers.getFirst());
            assertEquals(List.of("prep.batch", "prep.pool"), paths(layers.subList(1, 3)));
            assertEquals(8, layers.stream().filter(layer -> layer.point().equals("conv")).count());
            assertEquals(2, layers.stream().filter(layer -> layer.point().equals("add")).count());
            assertEquals(0, layers.stream().filter(layer -> layer.point().equals("relu")).count());
            assertEquals(8, layers.getLast().depth());
        }
    }

    @Test
    void aTransformerIsMeasuredAfterEveryModuleAndEverySum() {
        try (LayerDistances distances = new LayerDistances(
                Networks.encoder("vit_tiny", 3, 32), new Options(VIEWS, ViewDistance.L2, false, false))) {
            List<MeasuredLayer> layers = distances.layers();
            assertEquals(List.of("patch_embed.proj", "pos_drop", "blocks.0.norm1"), paths(layers.subList(0, 3)));
            assertTrue(layers.contains(new MeasuredLayer("blocks.0.attn.proj", "linear", 3)));
            assertTrue(layers.contains(new MeasuredLayer("blocks.0.add", "add", 3)));
            assertTrue(layers.contains(new MeasuredLayer("blocks.11.mlp.act", "gelu", 48)));
            assertTrue(layers.contains(new MeasuredLayer("blocks.11.add_1", "add", 49)));
        }
    }

    @Test
    void equalViewsAreAtDistanceZeroEverywhere() {
        try (LayerDistances distances = l2(2);
                StateDict state = StateLayout.of(NETWORK).initialState(1);
                Scope scope = Scope.open()) {
            float[] image = StatelessRandom.of(1, "image").at(0, 0, 0).uniformFloats(3 * 32 * 32, -1, 1);
            float[] twice = new float[2 * image.length];
            System.arraycopy(image, 0, twice, 0, image.length);
            System.arraycopy(image, 0, twice, image.length, image.length);
            for (double[] layer : distances.of(state, scope.floats(twice, 2, 3, 32, 32))) {
                assertArrayEquals(new double[1], layer);
            }
        }
    }

    @Test
    void anImageDoesNotDependOnItsBlock() {
        try (LayerDistances distances = l2(VIEWS);
                StateDict state = StateLayout.of(NETWORK).initialState(1);
                Scope scope = Scope.open()) {
            int images = 4;
            float[] all = views(scope, VIEWS * images, 5).floats();
            double[][] together = distances.of(state, scope.floats(all, VIEWS * images, 3, 32, 32));
            for (int image = 0; image < images; image++) {
                float[] own = new float[VIEWS * 3072];
                for (int view = 0; view < VIEWS; view++) {
                    System.arraycopy(all, (view * images + image) * 3072, own, view * 3072, 3072);
                }
                double[][] alone = distances.of(state, scope.floats(own, VIEWS, 3, 32, 32));
                for (int layer = 0; layer < alone.length; layer++) {
                    assertEquals(alone[layer][0], together[layer][image], 1e-5 * alone[layer][0]);
                }
            }
        }
    }

    @Test
    void leavesNoTensorBehindAlsoWhenItFails() {
        try (LayerDistances distances = l2(2);
                StateDict state = StateLayout.of(NETWORK).initialState(1);
                Scope scope = Scope.open()) {
            Tensor good = views(scope, 2, 1);
            Tensor odd = views(scope, 3, 1);
            long before = Tensor.alive();
            distances.of(state, good);
            assertThrows(RuntimeException.class, () -> distances.of(state, odd));
            assertEquals(before, Tensor.alive());
        }
    }

    @Test
    void oneViewHasNoPairs() {
        assertThrows(IllegalArgumentException.class, () -> new Options(1, ViewDistance.L2, false, false));
    }

    private static LayerDistances l2(int views) {
        return new LayerDistances(NETWORK, new Options(views, ViewDistance.L2, false, false));
    }

    private static List<String> paths(List<MeasuredLayer> layers) {
        return layers.stream().map(MeasuredLayer::layer).toList();
    }

    private static float[][] vectors(float[] flat) {
        float[][] vectors = new float[VIEWS * IMAGES][flat.length / (VIEWS * IMAGES)];
        for (int i = 0; i < vectors.length; i++) {
            System.arraycopy(flat, i * vectors[i].length, vectors[i], 0, vectors[i].length);
        }
        return vectors;
    }

    private static Tensor views(Scope scope, int count, int seed) {
        float[] values = StatelessRandom.of(seed, "views").at(0, 0, 0).uniformFloats(count * 3072, -1, 1);
        return scope.floats(values, count, 3, 32, 32);
    }
}
