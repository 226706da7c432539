package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.file.CorruptFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @Test
    void readsAFileOfPyTorch() throws IOException {
        byte[] file;
        try (InputStream in = getClass().getResourceAsStream("/oracle/reference.safetensors")) {
            file = in.readAllBytes();
        }
        SafetensorsReader read = read(file);
        try (StateDict state = read.state()) {
            assertEquals(Map.of("format", "pt", "note", "naïve"), read.metadata());
            assertArrayEquals(new long[] {2, 3}, state.get("f32").shape());
            assertArrayEquals(
                    new float[] {1.5f, -2, 3.25f, 0.1f, 1e-30f, Float.POSITIVE_INFINITY}, state.get("f32").floats());
            assertArrayEquals(new double[] {0.1, -1e300}, state.get("f64").doubles());
            assertEquals(-(1L << 40), state.get("i64").longs()[0]);
            assertEquals(0, state.get("i64").shape().length);
            assertArrayEquals(new int[] {7, -8}, state.get("i32").ints());
            assertArrayEquals(new byte[] {0, 1, -1}, state.get("u8").bytes());
            assertArrayEquals(new byte[] {1, 0}, state.get("bool").bytes());
            assertArrayEquals(new float[] {0.0999755859375f, -65504, 5.960464477539063e-08f}, state.get("f16").floats());
            assertArrayEquals(new float[] {0.10009765625f, -3.00405527047391e+38f}, state.get("bf16").floats());
            assertArrayEquals(new long[] {0, 5}, state.get("empty").shape());
            assertEquals(9, state.size());
        }
    }

    @Test
    void writesWhatItReadsInOrderAndToTheSameBytes() throws IOException {
        try (StateDict state = state()) {
            byte[] file = write(state);
            try (StateDict again = read(file).state()) {
                assertEquals(List.copyOf(state.names()), List.copyOf(again.names()));
                assertEquals(state.digest(), again.digest());
                assertArrayEquals(file, write(again));
                assertEquals(Map.of("a", "1", "b", "2"), read(file).metadata());
            }
        }
    }

    @Test
    void everyTensorBeginsAtAMultipleOfItsElement() throws IOException {
        try (StateDict state = state()) {
            byte[] file = write(state);
            long json = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertEquals(0, json % 8);
            SafetensorsHeader header = SafetensorsHeader.decode("x", Arrays.copyOfRange(file, 8, (int) (8 + json)));
            header.entries().forEach(entry -> assertEquals(0, entry.begin() % entry.type().bytes(), entry.name()));
        }
    }

    @Test
    void everyCutIsFoundAndNamed() throws IOException {
        try (StateDict state = state()) {
            byte[] file = write(state);
            long before = Tensor.alive();
            for (int length = 0; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                CorruptFileException e = assertThrows(CorruptFileException.class, () -> read(cut));
                assertTrue(e.getMessage().startsWith("x: byte " + length + ": the file ends here"), e.getMessage());
            }
            CorruptFileException e =
                    assertThrows(CorruptFileException.class, () -> read(Arrays.copyOf(file, file.length + 3)));
            assertEquals("x: byte %d: 3 bytes more after the last tensor".formatted(file.length), e.getMessage());
            assertEquals(before, Tensor.alive());
        }
    }

    @Test
    void aStreamShorterThanItSaysIsFound() throws IOException {
        try (StateDict state = state()) {
            byte[] file = write(state);
            long before = Tensor.alive();
            byte[] cut = Arrays.copyOf(file, file.length - 1);
            CorruptFileException e = assertThrows(CorruptFileException.class,
                    () -> SafetensorsReader.read("x", new ByteArrayInputStream(cut), file.length));
            assertEquals("x: byte %d: the file ends here, 1 bytes are missing".formatted(cut.length), e.getMessage());
            assertEquals(before, Tensor.alive());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[]|the header is not a JSON object",
        "{\"a\":|the header is not JSON",
        "{} x|the header is not JSON",
        "{\"a\":{\"dtype\":\"F8\",\"shape\":[2],\"data_offsets\":[0,2]}}|tensor a has dtype \"F8\", which is not known",
        "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,2]}}|tensor a has no shape",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[-2],\"data_offsets\":[0,2]}}|tensor a has shape [-2], not natural numbers",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2.5],\"data_offsets\":[0,2]}}|tensor a has shape [2.5], not natural numbers",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,2]}}|tensor a of U8 [3] does not fill its 2 bytes",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,0]}}|tensor a has data_offsets [2, 0], not begin and end",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0]}}|tensor a has data_offsets [0], not begin and end",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,2]}}|is too large",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}|tensor b begins at offset 1 and overlaps another",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}|tensor b begins at offset 2 and leaves a hole after 1",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}|Duplicate field 'a'",
        "{\"__metadata__\":{\"a\":1}}|metadata a is not text",
        "{\"__metadata__\":3}|__metadata__ is not a JSON object",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}}|the file ends here, 1 bytes are missing",
    })
    void aHeaderThatLiesIsNamed(String json, String problem) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        CorruptFileException e = assertThrows(CorruptFileException.class, () -> read(file.array()));
        assertTrue(e.getMessage().startsWith("x: byte "), e.getMessage());
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "100000001", "-1"})
    void aHeaderOfImpossibleLengthIsRefused(long length) {
        byte[] file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
        assertEquals("x: byte 0: a header of %s bytes".formatted(Long.toUnsignedString(length)),
                assertThrows(CorruptFileException.class, () -> read(file)).getMessage());
    }

    private static StateDict state() {
        StateDict state = new StateDict();
        try (Scope scope = Scope.open()) {
            state.put("z.weight", scope.floats(new float[] {1, 2, 3}, 3, 1));
            state.put("counter", scope.longs(new long[] {5}));
            state.put("a \"quoted\" ü", scope.bytes(new byte[] {1, 2, 3}, 3));
            state.put("double", scope.doubles(new double[] {Math.PI}, 1));
            state.put("nothing", scope.floats(new float[0], 0));
        }
        return state;
    }

    private static byte[] write(StateDict state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, state, Map.of("b", "2", "a", "1"));
        return out.toByteArray();
    }

    private static SafetensorsReader read(byte[] file) throws IOException {
        return SafetensorsReader.read("x", new ByteArrayInputStream(file), file.length);
    }
}
