package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tensor of every format has the shape, type and values that PyTorch reads. */
class WeightsFileTest {
    static final List<String> SAME = List.of(WeightsSamples.SAME);

    @ParameterizedTest
    @FieldSource("SAME")
    void everyFormatHoldsTheSameTensors(String name) {
        check(name, WeightsSamples.expected("zip.pt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.safetensors", "rebuild-v3.pt", "nested.pth", "lightning.ckpt", "module.pt", "legacy-v1.pth"})
    void tensorsAreWherePyTorchHasThem(String name) {
        check(name, WeightsSamples.expected(name));
    }

    @Test
    void formatsAreToldByTheirBytes() {
        assertEquals(WeightsFormat.PYTORCH_ZIP, WeightsSamples.open("zip.pt").format());
        assertEquals(WeightsFormat.PYTORCH_LEGACY, WeightsSamples.open("legacy.pth").format());
        assertEquals(WeightsFormat.SAFETENSORS, WeightsSamples.open("plain.safetensors").format());
    }

    @Test
    void aTorchScriptArchiveIsAModuleOfAForeignClass() {
        try (WeightsFile file = WeightsSamples.open("torchscript.pt")) {
            JsonNode module = WeightsSamples.expected("module.pt").get("states").get("");
            StoredState state = file.states().getFirst();

            assertTrue(file.foreign().stream().allMatch(name -> name.startsWith("__torch__.") || name.startsWith("torch.jit.")), file.foreign().toString());
            for (Map.Entry<String, JsonNode> tensor : module.properties()) {
                assertEquals(texts(tensor.getValue()), values(state.tensors().get(tensor.getKey())), tensor.getKey());
            }
        }
    }

    @Test
    void aFileOnDiskReadsAsInMemory(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("x.pt"), WeightsSamples.bytes("zip.pt"));
        try (WeightsFile file = WeightsFile.open(path); Scope scope = Scope.open()) {
            StoredTensor stored = file.states().getFirst().tensors().get("transposed");
            Tensor tensor = stored.read(scope);
            ByteBuffer heap = stored.read();
            float[] values = new float[24];
            heap.asFloatBuffer().get(values);

            assertArrayEquals(values, tensor.floats());
            assertArrayEquals(new long[] {6, 4}, tensor.shape());
        }
    }

    private static void check(String name, JsonNode expected) {
        try (WeightsFile file = WeightsSamples.open(name)) {
            JsonNode states = expected.get("states");
            List<String> containers = file.states().stream().map(StoredState::container).toList();
            for (Map.Entry<String, JsonNode> state : states.properties()) {
                assertTrue(containers.contains(state.getKey()), containers + " has no " + state.getKey());
                check(file.states().get(containers.indexOf(state.getKey())), state.getValue());
            }
            List<String> foreign = new ArrayList<>();
            expected.get("foreign").forEach(type -> foreign.add(type.textValue()));
            assertTrue(new HashSet<>(file.foreign()).containsAll(foreign), file.foreign().toString());
            assertEquals(foreign.isEmpty(), file.foreign().isEmpty(), file.foreign().toString());
        }
    }

    private static void check(StoredState state, JsonNode expected) {
        List<String> names = new ArrayList<>();
        expected.fieldNames().forEachRemaining(names::add);
        assertEquals(new HashSet<>(names), new HashSet<>(state.tensors().keySet()));
        for (String name : names) {
            StoredTensor tensor = state.tensors().get(name);
            List<Long> shape = new ArrayList<>();
            expected.get(name).get("shape").forEach(size -> shape.add(size.longValue()));
            assertEquals(shape, Arrays.stream(tensor.shape()).boxed().toList(), name);
            assertEquals(texts(expected.get(name)), values(tensor), name);
        }
    }

    private static List<String> texts(JsonNode tensor) {
        List<String> texts = new ArrayList<>();
        boolean whole = !tensor.get("type").textValue().contains("float");
        tensor.get("values").forEach(value -> texts.add(whole ? value.textValue() : Double.toString(Double.parseDouble(value.textValue()))));
        return texts;
    }

    /** As Python prints them; floating point by value. */
    private static List<String> values(StoredTensor tensor) {
        ByteBuffer bytes = tensor.read();
        List<String> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add(switch (tensor.type().inMemory()) {
                case FLOAT32 -> Double.toString(bytes.getFloat());
                case FLOAT64 -> Double.toString(bytes.getDouble());
                case INT64 -> Long.toString(bytes.getLong());
                case INT32 -> Integer.toString(bytes.getInt());
                case UINT8 -> Integer.toString(Byte.toUnsignedInt(bytes.get()));
                case BOOL -> bytes.get() != 0 ? "True" : "False";
            });
        }
        return values;
    }
}
