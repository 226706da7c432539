package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusedReluTest {
    private static final String BLOCK = """
            def forward(self, x: Tensor, p: List[Tensor]) -> Tensor:
              v0 = torch.contiguous(x, memory_format=2)
              v1 = torch.conv2d(v0, p[0], p[1], [1, 1], [1, 1], [1, 1], 1)
              v2 = torch.relu_(v1)
              v3 = torch.conv2d(v2, p[2], None, [2, 2], [1, 1], [1, 1], 1)
              v4 = torch.conv2d(v0, p[3], p[1], [2, 2], [0, 0], [1, 1], 1)
              v5 = torch.add(v3, v4)
              v6 = torch.relu_(v5)
              return v6
            """;

    @Test
    void aConvolutionTakesWhatFollowsIt() {
        assertEquals("""
                def forward(self, x: Tensor, p: List[Tensor]) -> Tensor:
                  v0 = torch.contiguous(x, memory_format=2)
                  v2 = (self).conv_relu(v0, p[0], p[1], [1, 1], [1, 1])
                  v4 = torch.conv2d(v0, p[3], p[1], [2, 2], [0, 0], [1, 1], 1)
                  v6 = (self).conv_add_relu(v2, p[2], None, [2, 2], [1, 1], v4)
                  return v6
                """, body(FusedRelu.in(BLOCK)));
    }

    @Test
    void whatSomethingElseReadsStays() {
        String read = BLOCK.replace("return v6", "return torch.add(v6, torch.mean(v1, [1], True))");
        assertTrue(body(FusedRelu.in(read)).contains("v2 = torch.relu_(v1)"), FusedRelu.in(read));
        String sum = BLOCK.replace("return v6", "return torch.mul(v6, v5)");
        assertTrue(body(FusedRelu.in(sum)).contains("v5 = torch.add(v3, v4)"), FusedRelu.in(sum));
    }

    /** Narrow and wide: the second is multiplied as {@link Winograd} does. In double, nothing is fused. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 4, 16", "FLOAT32, 64, 128", "FLOAT64, 4, 16"})
    void changesNoValueByMoreThanRounding(ElementType type, int images, int channels) {
        double[] expected = run(BLOCK, type, images, channels);
        double[] actual = run(FusedRelu.in(BLOCK), type, images, channels);
        double scale = 0;
        double error = 0;
        int zeros = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, expected[i]);
            error = Math.max(error, Math.abs(expected[i] - actual[i]));
            zeros += expected[i] == 0 ? 1 : 0;
        }
        assertTrue(zeros > 0 && zeros < expected.length, "the ReLU does nothing");
        assertTrue(error <= (type == ElementType.FLOAT64 ? 0 : 5e-6 * scale), error + " of " + scale);
    }

    private static double[] run(String program, ElementType type, int images, int channels) {
        try (TorchProgram compiled = TorchProgram.compile(program);
                Scope scope = Scope.open()) {
            List<Tensor> state = List.of(
                    noise(scope, "w1", type, channels, channels, 3, 3), noise(scope, "b", type, channels),
                    noise(scope, "w2", type, channels, channels, 3, 3), noise(scope, "w3", type, channels, channels, 1, 1));
            Tensor found = compiled.run(scope, noise(scope, "x", type, images, channels, 4, 4), state).tensor();
            return type == ElementType.FLOAT64 ? found.doubles() : Formula.widened(found.floats());
        }
    }

    private static Tensor noise(Scope scope, String name, ElementType type, long... shape) {
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        return Formula.tensor(scope, Formula.noise(name, count), type, shape);
    }

    private static String body(String program) {
        return program.substring(0, program.indexOf("def ", 1));
    }
}
