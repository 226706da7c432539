package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnitMeansTest {
    private static final int VIEWS = 3;
    private static final int IMAGES = 2;

    @BeforeAll
    static void oneThread() {
        TorchEngine.start(1);
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of("resnet9", Optional.empty()),
                Arguments.of("resnet9", Optional.of(Sign.SIGNED)),
                Arguments.of("resnet9", Optional.of(Sign.ABSOLUTE)),
                Arguments.of("resnet9", Optional.of(Sign.RELU)),
                Arguments.of("resnet18", Optional.empty()),
                Arguments.of("vit_tiny", Optional.empty()),
                Arguments.of("vit_tiny", Optional.of(Sign.ABSOLUTE)));
    }

    /** Every layer's whole activation comes to Java; sign first, then the mean over positions and views. */
    @ParameterizedTest
    @MethodSource("modes")
    void agreesWithANaiveLoopOverTheWholeActivation(String name, Optional<Sign> sign) {
        Network network = Networks.encoder(name, 3, 32);
        StateLayout layout = StateLayout.of(network);
        try (UnitMeans means = new UnitMeans(network, VIEWS, sign);
                StateDict state = layout.initialState(3);
                Scope scope = Scope.open()) {
            Tensor views = views(scope, VIEWS * IMAGES);
            List<float[]> actual = means.of(state, views);
            List<float[]> whole = whole(network, state, layout.taps(), views);
            assertEquals(layout.taps().size(), actual.size());
            for (int layer = 0; layer < actual.size(); layer++) {
                Tap tap = layout.taps().get(layer);
                UnitLayer described = means.layers().get(layer);
                assertEquals(tap.path(), described.layer().layer());
                assertEquals(sign.orElse(Sign.usual(tap.kind())), described.sign());
                float[] expected = naive(whole.get(layer), tap, described.sign());
                assertArrayEquals(expected, actual.get(layer), 1e-5f, tap.path());
            }
        }
    }

    /** Wang et al. 2024, appendix B: the units of a transformer are the neurons of its fully connected layers. */
    @Test
    void theUnitsOfATransformer() {
        try (UnitMeans means = new UnitMeans(Networks.encoder("vit_tiny", 3, 32), 1, Optional.empty())) {
            UnitLayer last = means.layers().stream()
                    .filter(layer -> layer.layer().layer().equals("blocks.11.mlp.fc2"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(192, last.units());
        }
    }

    @Test
    void theUnitsOfAllConvolutions() {
        try (UnitMeans means = new UnitMeans(Networks.encoder("resnet9", 3, 32), 1, Optional.empty())) {
            int units = means.layers().stream()
                    .filter(layer -> layer.layer().point().equals("conv"))
                    .mapToInt(UnitLayer::units)
                    .sum();
            assertEquals(1120, units);
        }
    }

    @Test
    void leavesNoTensorBehindAlsoWhenItFails() {
        Network network = Networks.encoder("resnet9", 3, 32);
        try (UnitMeans means = new UnitMeans(network, 4, Optional.empty());
                StateDict state = StateLayout.of(network).initialState(1);
                Scope scope = Scope.open()) {
            Tensor views = views(scope, 6);
            long before = Tensor.alive();
            assertThrows(RuntimeException.class, () -> means.of(state, views));
            assertEquals(before, Tensor.alive());
        }
        assertThrows(IllegalArgumentException.class, () -> new UnitMeans(network, 0, Optional.empty()));
    }

    private static List<float[]> whole(Network network, StateDict state, List<Tap> taps, Tensor views) {
        List<TapRequest> requests = taps.stream().map(tap -> TapRequest.flat(tap.path())).toList();
        try (Evaluation forward = Evaluation.of(network, requests);
                Scope scope = Scope.open()) {
            Activations activations = forward.run(scope, state, views);
            return requests.stream().map(request -> activations.tap(request).floats()).toList();
        }
    }

    /** The first token of a transformer is its class token; a map of positions has none, and all of it counts. */
    @Test
    void withoutTheClassToken() {
        Network network = Networks.encoder("vit_tiny", 3, 32);
        StateLayout layout = StateLayout.of(network);
        try (UnitMeans means = new UnitMeans(network, VIEWS, Optional.empty(), true);
                StateDict state = layout.initialState(3);
                Scope scope = Scope.open()) {
            Tensor views = views(scope, VIEWS * IMAGES);
            List<float[]> actual = means.of(state, views);
            List<float[]> whole = whole(network, state, layout.taps(), views);
            for (int layer = 0; layer < actual.size(); layer++) {
                Tap tap = layout.taps().get(layer);
                float[] expected = naive(whole.get(layer), tap, means.layers().get(layer).sign(), tap.isTokens() ? 1 : 0);
                assertArrayEquals(expected, actual.get(layer), 1e-5f, tap.path());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new UnitMeans(Networks.encoder("resnet9", 3, 32), 1, Optional.empty(), true));
    }

    private static float[] naive(float[] values, Tap tap, Sign sign) {
        return naive(values, tap, sign, 0);
    }

    private static float[] naive(float[] values, Tap tap, Sign sign, int from) {
        int positions = Math.toIntExact(tap.elements() / tap.units());
        float[] means = new float[IMAGES * tap.units()];
        for (int image = 0; image < IMAGES; image++) {
            for (int unit = 0; unit < tap.units(); unit++) {
                double sum = 0;
                for (int view = 0; view < VIEWS; view++) {
                    int row = view * IMAGES + image;
                    for (int position = from; position < positions; position++) {
                        float value = values[tap.isTokens()
                                ? (row * positions + position) * tap.units() + unit
                                : (row * tap.units() + unit) * positions + position];
                        sum += switch (sign) {
                            case SIGNED -> value;
                            case ABSOLUTE -> Math.abs(value);
                            case RELU -> Math.max(0, value);
                        };
                    }
                }
                means[image * tap.units() + unit] = (float) (sum / (VIEWS * (positions - from)));
            }
        }
        return means;
    }

    private static Tensor views(Scope scope, int count) {
        float[] values = StatelessRandom.of(1, "views").at(0, 0, 0).uniformFloats(count * 3072, -1, 1);
        return scope.floats(values, count, 3, 32, 32);
    }
}
