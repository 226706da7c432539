package dev.engram.encoders.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Tensor;
import org.junit.jupiter.api.Test;

class KnnBenchTest {
    @Test
    void measuresASmallSearchAndTidiesUp() {
        long before = Tensor.alive();
        long[] compared = new long[1];
        KnnBench.Result result =
                KnnBench.run(new KnnBench.Setting(50, 300, 16, 5, 2), (done, total) -> compared[0] = done);
        assertEquals(50 * 300, compared[0]);
        assertTrue(result.seconds() > 0 && result.productSeconds() > 0);
        assertEquals(2.0 * 50 * 300 * 16 / result.seconds() / 1e9, result.gigaflops(), 1e-9);
        assertEquals(50 / result.seconds(), result.queriesPerSecond(), 1e-6);
        assertEquals(before, Tensor.alive());
    }
}
