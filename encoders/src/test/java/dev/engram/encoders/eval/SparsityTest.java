package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SparsityTest {
    private static final FeatureMatrix FEATURES = FeatureMatrix.of(new float[][] {
        {0, 0, 2, 0.5f}, {1, 2, 3, 4}, {-1, 0, -0f, 7}, {0, 0, 0, 0},
    });

    @Test
    void countsWhatIsAboveZero() {
        assertEquals(new Sparsity((2 + 4 + 1 + 0) / 16.0, 3 / 4.0), Sparsity.of(FEATURES));
        assertEquals(Double.NaN, Sparsity.of(FeatureMatrix.zeros(0, 3)).active());
    }

    @Test
    void keepsOnlyWhatIsAboveZero() {
        FeatureMatrix binary = Sparsity.binarized(FEATURES);
        assertArrayEquals(new float[] {0, 0, 1, 1}, binary.row(0));
        assertArrayEquals(new float[] {0, 0, 0, 1}, binary.row(2));
        assertEquals(Sparsity.of(FEATURES), Sparsity.of(binary));
    }
}
