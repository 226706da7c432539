package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateDictTest {
    private final Scope scope = Scope.open();
    private final StateDict state = new StateDict();

    @AfterEach
    void close() {
        state.close();
        scope.close();
    }

    @Test
    void takesTensorsOverAndKeepsTheirOrder() {
        long before = Tensor.alive();
        state.put("b", scope.floats(new float[] {1}, 1)).put("a", scope.floats(new float[] {2}, 1));
        assertEquals(List.of("b", "a"), List.copyOf(state.names()));
        assertEquals(0, scope.tensors().size());
        assertEquals(2, state.get(List.of("a", "b")).getFirst().item());
        state.close();
        assertEquals(before, Tensor.alive());
    }

    @Test
    void replacingFreesWhatWasThereAndKeepsThePlace() {
        Tensor old = scope.floats(new float[] {1}, 1);
        state.put("a", old).put("b", scope.floats(new float[] {2}, 1)).put("a", scope.floats(new float[] {3}, 1));
        assertEquals(List.of("a", "b"), List.copyOf(state.names()));
        assertEquals(3, state.get("a").item());
        assertThrows(IllegalStateException.class, old::item);
        state.put("a", state.get("a"));
        assertEquals(3, state.get("a").item());
    }

    @Test
    void aCopyIsIndependent() {
        state.put("m.w", scope.floats(new float[] {1, 2}, 2)).put("n.w", scope.floats(new float[] {3}, 1));
        try (StateDict copy = state.copy();
                StateDict part = state.under("m.")) {
            assertEquals(state.digest(), copy.digest());
            state.get("m.w").write(java.nio.ByteBuffer.allocate(8));
            assertArrayEquals(new float[] {1, 2}, copy.get("m.w").floats());
            assertArrayEquals(new float[] {1, 2}, part.get("w").floats());
            assertEquals(1, part.size());
            assertNotEquals(state.digest(), copy.digest());
        }
    }

    @Test
    void theDigestSeesNamesShapesTypesAndOrder() {
        String one = digest("a", scope.floats(new float[] {1, 2}, 2));
        assertEquals(one, digest("a", scope.floats(new float[] {1, 2}, 2)));
        assertNotEquals(one, digest("b", scope.floats(new float[] {1, 2}, 2)));
        assertNotEquals(one, digest("a", scope.floats(new float[] {1, 2}, 1, 2)));
        assertNotEquals(one, digest("a", scope.floats(new float[] {1, 3}, 2)));
    }

    @Test
    void aMissingNameIsNamed() {
        assertEquals("No tensor named x among 0",
                assertThrows(IllegalArgumentException.class, () -> state.get("x")).getMessage());
        Tensor tensor = scope.floats(new float[1], 1);
        assertThrows(IllegalArgumentException.class, () -> state.put("", tensor));
    }

    private static String digest(String name, Tensor tensor) {
        try (StateDict one = new StateDict().put(name, tensor)) {
            return one.digest();
        }
    }
}
