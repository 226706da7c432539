package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions against timm and NumPy: src/test/oracle/positions.py. */
class PositionsTest {
    private static final JsonNode REFERENCE = reference();

    @ParameterizedTest
    @CsvSource({"larger,1,4,7,false", "larger antialiased,1,4,7,true", "smaller,1,5,3,false", "smaller antialiased,0,5,3,true"})
    void learnedPositionsAreResampledAsInTimm(String name, int prefix, int from, int to, boolean antialias) {
        try (Scope scope = Scope.open()) {
            Tensor positions = Formula.inputs(scope, ElementType.FLOAT32, 1, List.of((long) prefix + from * from, 3L));
            Tensor resized = PositionGrid.resized(scope, positions, prefix, from, to, antialias);
            assertArrayEquals(new long[] {1, prefix + to * to, 3}, resized.shape());
            assertArrayEquals(expected(name), resized.floats(), 2e-6f);
        }
    }

    @Test
    void positionsOfAnotherGridAreRefused() {
        try (Scope scope = Scope.open()) {
            Tensor positions = scope.zeros(ElementType.FLOAT32, 1, 17, 3);
            assertEquals("Positions of a grid of side 5 after 1 tokens are [1, 26, D], not Tensor(FLOAT32 [1, 17, 3])",
                    assertThrows(IllegalArgumentException.class,
                            () -> PositionGrid.resized(scope, positions, 1, 5, 3, false)).getMessage());
        }
    }

    @Test
    void fixedPositionsAreThoseOfMaskedAutoencoders() {
        assertArrayEquals(expected("sines"), new SineCosine(3, 8, false).values(), 1e-6f);
        Network network = Networks.encoder("vit_tiny", 3, 12,
                Map.of("width", "8", "heads", "2", "depth", "1", "positions", "sincos"));
        StateLayout layout = StateLayout.of(network);
        assertEquals(List.of("pos_embed"), layout.buffers());
        try (StateDict state = layout.initialState(1)) {
            float[] values = state.get("pos_embed").floats();
            assertArrayEquals(new float[8], java.util.Arrays.copyOf(values, 8));
            assertArrayEquals(expected("sines"), java.util.Arrays.copyOfRange(values, 8, values.length), 1e-6f);
        }
    }

    private static float[] expected(String name) {
        float[] values = new float[REFERENCE.path(name).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = REFERENCE.path(name).get(i).floatValue();
        }
        return values;
    }

    private static JsonNode reference() {
        try (InputStream in = PositionsTest.class.getResourceAsStream("/oracle/positions.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
