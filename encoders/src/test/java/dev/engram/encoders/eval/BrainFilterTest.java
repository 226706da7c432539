package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrainFilterTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1", "1.00390625, 1", "1.01171875, 1.015625", "-3.1415927, -3.140625", "1e-40, 9.99e-41", "3.4e38, Infinity", "0, 0"
    })
    void roundsToTheNearestTiesToEven(float value, float expected) {
        float rounded = BrainRows.rounded(value);
        assertEquals(expected, rounded, Math.abs(expected) * 1e-3f + (Math.abs(expected) < 1e-38 ? 1e-41f : 0));
        if (Math.abs(value) > 1e-30 && Float.isFinite(rounded)) {
            assertTrue(Math.abs(rounded - value) <= Math.abs(value) * 0x1p-8);
        }
    }

    /** The bound must hold whatever the rows, and be a bound of this, not of everything: the worst case comes within a factor. */
    @Test
    void theBoundHoldsForTheRoundingOfTheRows() {
        int dimension = 300;
        float[][] values = new float[60][];
        for (int i = 0; i < values.length; i++) {
            RandomStream draws = StatelessRandom.of(1, "brain").at(0, i, 0);
            values[i] = draws.normalFloats(dimension, 0.5, Math.pow(10, i % 5 - 2));
        }
        BrainRows rows = new BrainRows(new float[dimension], values.length);
        try (Scope scope = Scope.open();
                TorchProgram rounding = BrainRows.rounding()) {
            rows.load(scope, rounding, FeatureMatrix.of(values), 0, 0, values.length);
        }
        double largest = 0;
        for (int q = 0; q < values.length; q++) {
            BrainFilter filter = new BrainFilter(rows, q, 1, Double.POSITIVE_INFINITY);
            for (int x = 0; x < values.length; x++) {
                double exact = 0;
                double rounded = 0;
                for (int j = 0; j < dimension; j++) {
                    exact += (double) values[q][j] * values[x][j];
                    rounded += (double) BrainRows.rounded(values[q][j])
                            * BrainRows.rounded(values[x][j]);
                }
                double error = 2 * Math.abs(exact - rounded);
                double bound = filter.error(rows.norm(x), rows.residual(x));
                assertTrue(error <= bound, q + " and " + x + ": " + error + " > " + bound);
                largest = Math.max(largest, error / bound);
            }
        }
        assertTrue(largest > 0.02, "the bound is " + 1 / largest + " times what occurs");
    }
}
