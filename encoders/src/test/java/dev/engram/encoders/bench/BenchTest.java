package dev.engram.encoders.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Precision;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void aStepIsMeasured() {
        SimClrStepBench.Result result = new SimClrStepBench("resnet9", Precision.FLOAT32, 4, 1, 2).run();
        assertEquals("resnet9", result.network());
        assertEquals("2.7.1", result.engine());
        assertEquals(4 / result.secondsPerStep(), result.imagesPerSecond(), 1e-9);
        assertTrue(result.secondsPerStep() > 0 && result.cpuSecondsPerStep() > 0, result.toString());
    }

    /** The activations of one step are some 10 MB; kept, they would more than double the process in 60 steps. */
    @Test
    void nativeMemoryIsFlat() {
        MemoryBench.Result result = new MemoryBench(4, 20, 60).run();
        assertEquals(result.tensorsBefore(), result.tensorsAfter());
        assertTrue(result.growth() < 0.25, result.toString());
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThrows(IllegalArgumentException.class, () -> SimClrStepBench.of("resnet50", Precision.FLOAT32, 10));
        assertThrows(IllegalArgumentException.class, () -> new SimClrStepBench("resnet9", Precision.FLOAT32, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SimClrStepBench("resnet9", Precision.FLOAT32, 2, 0, 0));
    }
}
