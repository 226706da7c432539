package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.encoders.random.StatelessRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only a card can show. All other tests of tensors run on the device of {@code -Dengram.device}, too. */
class CardTest {
    private static final int SIDE = 256;
    private static final String PRODUCT = """
            def forward(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.matmul(a, b)
            """;

    @BeforeEach
    void aCard() {
        assumeTrue(TorchEngine.device().isCuda(), "needs a card: -Dengram.device=cuda:0 and libtorch for CUDA (docs/engine.md)");
    }

    @AfterEach
    void asBefore() {
        TorchEngine.use(Precision.FLOAT32);
    }

    @Test
    void tensorsLieOnIt() {
        try (Scope scope = Scope.open()) {
            assertEquals(TorchEngine.device().ofEngine(), scope.zeros(ElementType.FLOAT32, 2).array().getDevice());
            assertEquals(TorchEngine.device().ofEngine(), scope.floats(new float[] {1}, 1).array().getDevice());
        }
    }

    /** TF32 keeps 11 bits of each operand: a product of numbers near 1 is off by some 2⁻¹¹, in float32 by some 2⁻²⁴. */
    @Test
    void productsAreInTheChosenPrecision() {
        float[] a = numbers(1);
        float[] b = numbers(2);
        double[] exact = new double[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int k = 0; k < SIDE; k++) {
                for (int j = 0; j < SIDE; j++) {
                    exact[i * SIDE + j] += (double) a[i * SIDE + k] * b[k * SIDE + j];
                }
            }
        }
        TorchEngine.use(Precision.FLOAT32);
        assertEquals(0, farthest(product(a, b), exact), 1e-4);
        TorchEngine.use(Precision.TF32);
        float[] rounded = product(a, b);
        assertEquals(0, farthest(rounded, exact), 0.1);
        assertFalse(farthest(rounded, exact) < 1e-4, "TF32 is not rounded to");
        assertArrayEquals(rounded, product(a, b));
    }

    private static float[] product(float[] a, float[] b) {
        try (Scope scope = Scope.open();
                TorchProgram product = TorchProgram.compile(PRODUCT)) {
            return product.run(scope, scope.floats(a, SIDE, SIDE), scope.floats(b, SIDE, SIDE)).tensor().floats();
        }
    }

    private static float[] numbers(int purpose) {
        float[] numbers = new float[SIDE * SIDE];
        var stream = StatelessRandom.of(7, "card").at(purpose, 0, 0);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (stream.uniform() - 0.5);
        }
        return numbers;
    }

    private static double farthest(float[] found, double[] exact) {
        double farthest = 0;
        for (int i = 0; i < exact.length; i++) {
            farthest = Math.max(farthest, Math.abs(found[i] - exact[i]));
        }
        return farthest;
    }
}
