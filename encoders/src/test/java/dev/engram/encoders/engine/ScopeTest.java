package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void freesWhatItOwns() {
        long before = Tensor.alive();
        Tensor tensor;
        try (Scope scope = Scope.open()) {
            tensor = scope.floats(new float[] {1, 2}, 2);
            scope.zeros(ElementType.INT64).close();
            assertEquals(before + 1, Tensor.alive());
        }
        assertEquals(before, Tensor.alive());
        assertEquals("The tensor is freed: its scope is closed",
                assertThrows(IllegalStateException.class, tensor::floats).getMessage());
    }

    @Test
    void movesATensorOut() {
        try (Scope outer = Scope.open()) {
            Tensor moved;
            Tensor copied;
            try (Scope inner = Scope.open()) {
                Tensor tensor = inner.longs(new long[] {4, 5, 6}, 3);
                copied = tensor.copyTo(outer);
                moved = tensor.moveTo(outer);
            }
            assertArrayEquals(new long[] {4, 5, 6}, moved.longs());
            assertArrayEquals(new long[] {4, 5, 6}, copied.longs());
            assertEquals(2, outer.tensors().size());
        }
    }

    @Test
    void sharesTheMemoryOfADirectBuffer() {
        assumeFalse(TorchEngine.device().isCuda(), "a card has memory of its own");
        ByteBuffer buffer = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder());
        try (Scope scope = Scope.open()) {
            Tensor tensor = scope.map(buffer.slice(4, 8), ElementType.INT32, 2);
            buffer.order(ByteOrder.nativeOrder()).putInt(8, 77);
            assertArrayEquals(new int[] {0, 77}, tensor.ints());
        }
    }

    @Test
    void copiesAHeapBuffer() {
        byte[] bytes = {1, 2, (byte) 255};
        try (Scope scope = Scope.open()) {
            Tensor tensor = scope.map(ByteBuffer.wrap(bytes), ElementType.UINT8, 3);
            bytes[0] = 9;
            assertArrayEquals(new byte[] {1, 2, (byte) 255}, tensor.bytes());
        }
    }

    @Test
    void refusesAShapeThatDoesNotFit() {
        try (Scope scope = Scope.open()) {
            assertEquals("Shape [2, 2] holds 4 values, given are 3",
                    assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[3], 2, 2)).getMessage());
            assertEquals("A FLOAT32 tensor of shape [2] has 8 bytes, the buffer 7",
                    assertThrows(IllegalArgumentException.class,
                            () -> scope.map(ByteBuffer.allocateDirect(7), ElementType.FLOAT32, 2)).getMessage());
        }
    }

    @Test
    void refusesUseAfterClose() {
        Scope scope = Scope.open();
        scope.close();
        scope.close();
        assertThrows(IllegalStateException.class, () -> scope.zeros(ElementType.BOOL, 1));
    }

    @Test
    void readsEveryElementTypeAndLayout() {
        try (Scope scope = Scope.open();
                TorchProgram transpose = TorchProgram.compile("""
                        def forward(self, x: Tensor) -> Tensor:
                          return torch.transpose(x, 0, 1)
                        """)) {
            Tensor x = scope.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            Tensor y = transpose.run(scope, x).tensor();
            assertArrayEquals(new long[] {3, 2}, y.shape());
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, y.floats());
            for (ElementType type : ElementType.values()) {
                Tensor zero = scope.zeros(type);
                assertEquals(type, zero.type());
                assertEquals(0, zero.item());
                assertEquals(0, scope.zeros(type, 0, 5).bytes().length);
            }
            assertThrows(IllegalStateException.class, x::doubles);
            assertThrows(IllegalStateException.class, x::item);
        }
    }

    @Test
    void writesInPlace() {
        try (Scope scope = Scope.open()) {
            Tensor x = scope.zeros(ElementType.FLOAT32, 2);
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putFloat(1.5f).putFloat(-2).flip();
            x.write(bytes);
            assertArrayEquals(new float[] {1.5f, -2}, x.floats());
            assertThrows(IllegalArgumentException.class, () -> x.write(ByteBuffer.allocate(4)));
        }
    }
}
