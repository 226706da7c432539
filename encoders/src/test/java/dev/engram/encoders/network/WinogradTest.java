package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Result and gradients against the library's direct convolution, which is an algorithm of its own. */
class WinogradTest {
    private static final String PROGRAM = """
            def forward(self, x: Tensor, w: Tensor, b: Tensor, z: Tensor) -> List[Tensor]:
              x0 = torch.requires_grad_(torch.contiguous(torch.detach(x), memory_format=2), True)
              w0 = torch.requires_grad_(torch.detach(w), True)
              b0 = torch.requires_grad_(torch.detach(b), True)
              y = torch.conv2d(x0, w0, b0, [1, 1], [1, 1], [1, 1], 1)
              g = torch.grad([torch.sum(torch.mul(y, z))], [x0, w0, b0], None, None, False, False)
              return annotate(List[Tensor], [torch.detach(y), unchecked_cast(Tensor, g[0]), unchecked_cast(Tensor, g[1]), unchecked_cast(Tensor, g[2])])
            """;

    @Test
    void takesOnlyConvolutionsOfStrideAndPaddingOne() {
        assertEquals("  v0 = (self).conv3x3(x, q[0], None)", Winograd.in("""
                  v0 = torch.conv2d(x, q[0], None, [1, 1], [1, 1], [1, 1], 1)
                """).lines().findFirst().orElseThrow());
        String others = """
                  v0 = torch.conv2d(x, q[0], None, [2, 2], [1, 1], [1, 1], 1)
                  v1 = torch.conv2d(v0, q[0], None, [1, 1], [0, 0], [1, 1], 1)
                  v2 = torch.to(torch.conv2d(torch.to(v1, 15), torch.to(q[2], 15), None, [1, 1], [1, 1], [1, 1], 1), 6)
                """;
        assertEquals(others, Winograd.in(others));
    }

    @ParameterizedTest(name = "{0} images of {1} channels, {3} by {4}, to {2}")
    @CsvSource({"128, 128, 160, 4, 4", "32, 160, 128, 8, 8", "32, 128, 128, 7, 6", "128, 128, 128, 3, 4", "64, 128, 128, 4, 8"})
    void isTheDirectConvolution(int images, int channels, int units, int height, int width) {
        double[][] exact = run(PROGRAM, ElementType.FLOAT64, images, channels, units, height, width);
        double[][] wide = run(Winograd.in(PROGRAM), ElementType.FLOAT64, images, channels, units, height, width);
        double[][] narrow = run(Winograd.in(PROGRAM), ElementType.FLOAT32, images, channels, units, height, width);
        assertFalse(Arrays.equals(exact[0], wide[0]), "the direct convolution was used");
        for (int i = 0; i < exact.length; i++) {
            assertTrue(error(exact[i], wide[i]) <= 1e-13, i + ": " + error(exact[i], wide[i]));
            assertTrue(error(exact[i], narrow[i]) <= 5e-6, i + ": " + error(exact[i], narrow[i]));
        }
    }

    @ParameterizedTest(name = "{0} images of {1} channels, {3} by {4}, to {2}; kernel {5}")
    @CsvSource({"127, 128, 128, 4, 4, 3", "128, 127, 128, 4, 4, 3", "128, 128, 127, 4, 4, 3", "32, 128, 128, 5, 8, 3", "64, 128, 128, 2, 8, 3",
            "22, 128, 128, 9, 8, 3", "128, 128, 128, 4, 4, 1"})
    void smallWorkIsLeftToTheLibrary(int images, int channels, int units, int height, int width, int kernel) {
        String plain = PROGRAM.replace("torch.sum(torch.mul(y, z))", "torch.sum(y)");
        assertArrayEquals(
                run(plain, ElementType.FLOAT32, images, channels, units, height, width, kernel),
                run(Winograd.in(plain), ElementType.FLOAT32, images, channels, units, height, width, kernel));
    }

    private static double[][] run(String program, ElementType type, int images, int channels, int units, int height, int width) {
        return run(program, type, images, channels, units, height, width, 3);
    }

    /** The result, and the gradients of input, weight and bias. */
    private static double[][] run(
            String program, ElementType type, int images, int channels, int units, int height, int width, int kernel) {
        try (TorchProgram compiled = TorchProgram.compile(program);
                Scope scope = Scope.open()) {
            List<Tensor> found = compiled
                    .runWithGradient(
                            scope,
                            noise(scope, "x", type, images, channels, height, width),
                            noise(scope, "w", type, units, channels, kernel, kernel),
                            noise(scope, "b", type, units),
                            noise(scope, "z", type, images, units, height, width))
                    .tensors();
            return found.stream()
                    .map(tensor -> type == ElementType.FLOAT64 ? tensor.doubles() : Formula.widened(tensor.floats()))
                    .toArray(double[][]::new);
        }
    }

    private static Tensor noise(Scope scope, String name, ElementType type, int... shape) {
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return Formula.tensor(scope, Formula.noise(name, count), type, Arrays.stream(shape).asLongStream().toArray());
    }

    /** Largest difference over the largest value. */
    private static double error(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        double scale = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - actual[i]));
        }
        return error / scale;
    }
}
