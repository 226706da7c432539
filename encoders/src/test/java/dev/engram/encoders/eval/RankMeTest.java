package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.engine.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RankMeTest {
    private static RankMe rankMe;

    @BeforeAll
    static void compile() {
        TorchEngine.start(1);
        rankMe = new RankMe();
    }

    @AfterAll
    static void close() {
        rankMe.close();
    }

    /** Y[i][j] = cos(0.5 i (j + 1) − 0.2 j + 0.05), 8 × 4: 3.957246 by NumPy. */
    @Test
    void agreesWithTheReference() {
        float[][] y = new float[8][4];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 4; j++) {
                y[i][j] = (float) Math.cos(0.5 * i * (j + 1) - 0.2 * j + 0.05);
            }
        }
        assertEquals(3.957246, rankMe.of(FeatureMatrix.of(y)), 1e-6);
    }

    @Test
    void orthogonalDirectionsAreCounted() {
        float[][] identity = new float[5][7];
        for (int i = 0; i < 5; i++) {
            identity[i][i] = 3;
        }
        assertEquals(5, rankMe.of(FeatureMatrix.of(identity)), 1e-4);
    }

    @Test
    void oneLineIsOneDirection() {
        float[][] line = {{1, 2, 3}, {2, 4, 6}, {-1, -2, -3}};
        assertEquals(1, rankMe.of(FeatureMatrix.of(line)), 1e-4);
        assertEquals(0, rankMe.of(FeatureMatrix.zeros(3, 2)));
        assertEquals(Double.NaN, rankMe.of(FeatureMatrix.of(new float[][] {{1, Float.NaN}})));
    }
}
