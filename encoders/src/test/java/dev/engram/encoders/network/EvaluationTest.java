package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final ResNet9 NETWORK = ResNet9.encoder();

    @Test
    void everyTapComesBackFromOnePassInEveryReduction() {
        StateLayout layout = StateLayout.of(NETWORK);
        List<TapRequest> requests = layout.taps().stream().map(Tap::path)
                .flatMap(path -> List.of(TapRequest.raw(path), TapRequest.mean(path), TapRequest.flat(path)).stream())
                .toList();
        try (Evaluation forward = Evaluation.of(NETWORK, requests);
                Evaluation plain = Evaluation.of(NETWORK);
                StateDict state = layout.initialState(1);
                Scope scope = Scope.open()) {
            Tensor images = images(scope, 3);
            Activations result = forward.run(scope, state, images);
            assertArrayEquals(plain.run(scope, state, images).output().floats(), result.output().floats());
            assertEquals(requests, List.copyOf(result.taps().keySet()));
            for (Tap tap : layout.taps()) {
                float[] raw = result.tap(TapRequest.raw(tap.path())).floats();
                assertEquals(3 * tap.elements(), raw.length);
                assertArrayEquals(raw, result.tap(TapRequest.flat(tap.path())).floats());
                assertArrayEquals(means(raw, 3 * tap.units()), result.tap(TapRequest.mean(tap.path())).floats(), 1e-5f);
            }
        }
    }

    @Test
    void tokensHaveTheirUnitsLast() {
        Network network = Networks.encoder("vit_tiny", 3, 32, Map.of("depth", "1", "width", "12", "patch", "16"));
        Tap tap = StateLayout.of(network).tap("blocks.0.mlp.fc1");
        assertEquals(List.of(5L, 48L), tap.shape());
        assertEquals(48, tap.units());
        List<TapRequest> requests = List.of(
                TapRequest.raw(tap.path()), TapRequest.mean(tap.path()), TapRequest.flat(tap.path()),
                TapRequest.firstToken(tap.path()));
        try (Evaluation forward = Evaluation.of(network, requests);
                StateDict state = forward.layout().initialState(1);
                Scope scope = Scope.open()) {
            Activations result = forward.run(scope, state, images(scope, 2));
            assertArrayEquals(new long[] {2, 5, 48}, result.tap(requests.get(0)).shape());
            float[] raw = result.tap(requests.get(0)).floats();
            float[] mean = result.tap(requests.get(1)).floats();
            assertArrayEquals(raw, result.tap(requests.get(2)).floats());
            float[] first = result.tap(requests.get(3)).floats();
            for (int image = 0; image < 2; image++) {
                for (int unit = 0; unit < 48; unit++) {
                    double sum = 0;
                    for (int token = 0; token < 5; token++) {
                        sum += raw[(image * 5 + token) * 48 + unit];
                    }
                    assertEquals(sum / 5, mean[image * 48 + unit], 1e-6);
                    assertEquals(raw[image * 5 * 48 + unit], first[image * 48 + unit]);
                }
            }
        }
        assertThrows(IllegalArgumentException.class,
                () -> Evaluation.of(NETWORK, List.of(TapRequest.firstToken("prep.conv"))));
    }

    @Test
    void changesNothingInTheState() {
        try (Evaluation forward = Evaluation.of(NETWORK);
                StateDict state = forward.layout().initialState(1);
                StateDict before = state.copy();
                Scope scope = Scope.open()) {
            forward.run(scope, state, images(scope, 2));
            for (String name : state.names()) {
                assertArrayEquals(before.get(name).bytes(), state.get(name).bytes(), name);
            }
        }
    }

    @Test
    void anImageDoesNotDependOnItsBatch() {
        try (Evaluation forward = Evaluation.of(NETWORK);
                StateDict state = forward.layout().initialState(1);
                Scope scope = Scope.open()) {
            float[] four = forward.run(scope, state, images(scope, 4)).output().floats();
            float[] one = forward.run(scope, state, images(scope, 1)).output().floats();
            assertArrayEquals(one, java.util.Arrays.copyOf(four, one.length), 1e-5f);
        }
    }

    @Test
    void refusesImagesOfAnotherShape() {
        try (Evaluation forward = Evaluation.of(NETWORK);
                StateDict state = forward.layout().initialState(1);
                Scope scope = Scope.open()) {
            Tensor images = scope.zeros(ElementType.FLOAT32, 2, 3, 28, 28);
            assertEquals("resnet9 takes [N, 3, 32, 32], the batch is Tensor(FLOAT32 [2, 3, 28, 28])",
                    assertThrows(IllegalArgumentException.class, () -> forward.run(scope, state, images)).getMessage());
        }
    }

    @Test
    void refusesATapThatIsNotThere() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> Evaluation.of(NETWORK, List.of(TapRequest.mean("prep.gelu")))).getMessage();
        assertTrue(message.startsWith("No tap prep.gelu; there are prep.conv, prep.batch, "), message);
    }

    private static Tensor images(Scope scope, int n) {
        return scope.floats(StatelessRandom.of(5, "images").at(0, 0, 0).uniformFloats(n * 3 * 32 * 32, -1, 1), n, 3, 32, 32);
    }

    private static float[] means(float[] raw, int units) {
        float[] means = new float[units];
        int area = raw.length / units;
        for (int unit = 0; unit < units; unit++) {
            double sum = 0;
            for (int i = 0; i < area; i++) {
                sum += raw[unit * area + i];
            }
            means[unit] = (float) (sum / area);
        }
        return means;
    }
}
