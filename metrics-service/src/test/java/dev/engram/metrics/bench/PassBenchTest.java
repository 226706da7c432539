package dev.engram.metrics.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Tensor;
import org.junit.jupiter.api.Test;

class PassBenchTest {
    @Test
    void bothMeasurementsAreTimedAndTidyUp() {
        long before = Tensor.alive();
        for (PassResult result : new PassResult[] {new LayerMemBench(10, 1, 1).run(), new UnitMemBench(10, 1, 1).run()}) {
            assertEquals(32, result.images());
            assertTrue(result.imagesPerSecond() > 0 && result.dividedImagesPerSecond() > 0, result.toString());
            assertEquals(result.bareImagesPerSecond() / result.imagesPerSecond(), result.ratio(), 1e-9);
            assertTrue(result.cpuRatio() > 0 && result.cpuRatioWithoutViews() > 0, result.toString());
        }
        assertEquals(before, Tensor.alive());
    }

    /** Three encoders and one making of views instead of four and two. */
    @Test
    void aSharedPassIsTimedAgainstTwo() {
        long before = Tensor.alive();
        SharedPassBench.Result result = new SharedPassBench(10, 1, 1).run();
        assertEquals(32, result.images());
        assertEquals(result.apartImagesPerSecond() / result.togetherImagesPerSecond(), result.ratio(), 1e-9);
        assertTrue(result.cpuRatio() > 0 && result.cpuRatio() < 1, result.toString());
        assertEquals(before, Tensor.alive());
    }
}
