package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors that Java reaches by copies only, as those of a card; here they lie in this machine's memory, so that it needs none. */
class DeviceMemoryTest {
    @Test
    void whatIsWrittenIsRead() {
        try (Scope scope = Scope.over(new DeviceMemory())) {
            assertArrayEquals(new float[] {1, 2.5f, -3}, scope.floats(new float[] {1, 2.5f, -3}, 3).floats());
            assertArrayEquals(new double[] {1e300}, scope.doubles(new double[] {1e300}).doubles());
            assertEquals(-7, scope.longs(new long[] {-7}).item());
            assertArrayEquals(new byte[] {0, (byte) 200}, scope.bytes(new byte[] {0, (byte) 200}, 2).bytes());
            assertArrayEquals(new int[2], scope.zeros(ElementType.INT32, 2).ints());
            assertArrayEquals(new float[0], scope.floats(new float[0], 0, 4).floats());
            Tensor written = scope.zeros(ElementType.FLOAT32, 2);
            written.write(ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putFloat(4).putFloat(5).flip());
            assertArrayEquals(new float[] {4, 5}, written.floats());
            assertThrows(IllegalArgumentException.class, () -> written.write(ByteBuffer.allocate(4)));
        }
    }

    @Test
    void rowsAreInOrderWhateverTheLayout() {
        try (Scope scope = Scope.over(new DeviceMemory());
                TorchProgram transposed = TorchProgram.compile("""
                        def forward(self, x: Tensor) -> Tensor:
                          return torch.transpose(x, 0, 1)
                        """)) {
            Tensor x = transposed.run(scope, scope.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)).tensor();
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, x.floats());
            assertThrows(IllegalStateException.class, () -> x.fill(bytes -> {}));
        }
    }

    @Test
    void aBufferIsCopiedAndNotKept(@TempDir Path folder) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder()).putInt(4, 5).putInt(8, 6);
        Path file = Files.write(folder.resolve("mapped"), new byte[] {1, 2, 3});
        try (Scope scope = Scope.over(new DeviceMemory());
                FileChannel channel = FileChannel.open(file)) {
            Tensor tensor = scope.map(buffer.slice(4, 8), ElementType.INT32, 2);
            buffer.putInt(8, 77);
            assertArrayEquals(new int[] {5, 6}, tensor.ints());
            Tensor mapped = scope.map(channel.map(FileChannel.MapMode.READ_ONLY, 1, 2), ElementType.UINT8, 2);
            assertArrayEquals(new byte[] {2, 3}, mapped.bytes());
        }
    }

    @Test
    void aMovedTensorIsReadAsBefore() {
        long before = Tensor.alive();
        try (Scope outer = Scope.over(new DeviceMemory())) {
            Tensor moved;
            try (Scope inner = Scope.over(new DeviceMemory())) {
                moved = inner.floats(new float[] {9}, 1).moveTo(outer);
                assertArrayEquals(new float[] {9}, moved.copyTo(outer).floats());
            }
            assertArrayEquals(new float[] {9}, moved.floats());
        }
        assertEquals(before, Tensor.alive());
    }
}
