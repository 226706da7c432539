package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.metrics.layermem.ViewDistance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockPassTest {
    private static final ImageBlocks BLOCKS = new ImageBlocks(IntStream.range(100, 123).toArray(), 4);

    @Test
    void resultsComeInTheOrderOfTheBlocksWhateverTheirSpeed() throws IOException {
        List<Integer> firsts = new ArrayList<>();
        try (BlockPass pass = new BlockPass(3)) {
            pass.run(
                    BLOCKS,
                    4,
                    block -> {
                        pause(block[0] % 8 == 0 ? 30 : 1);
                        return block[0];
                    },
                    (block, result) -> {
                        assertEquals(block[0], result);
                        firsts.add(result);
                    });
        }
        assertEquals(List.of(104, 108, 112, 116, 120), firsts);
    }

    @Test
    void aFailureEndsThePassAndIsTheCallersToSee() {
        AtomicInteger accepted = new AtomicInteger();
        try (BlockPass pass = new BlockPass(2)) {
            var failure = assertThrows(IllegalArgumentException.class, () -> pass.run(
                    BLOCKS,
                    0,
                    block -> {
                        if (block[0] == 108) {
                            throw new IllegalArgumentException("block 108");
                        }
                        return true;
                    },
                    (block, result) -> accepted.incrementAndGet()));
            assertEquals("block 108", failure.getMessage());
            assertEquals(2, accepted.get());
        }
    }

    @Test
    void aSinkThatStopsLeavesNothingRunning() {
        AtomicInteger measured = new AtomicInteger();
        try (BlockPass pass = new BlockPass(2)) {
            assertThrows(IOException.class, () -> pass.run(
                    new ImageBlocks(IntStream.range(0, 1000).toArray(), 1),
                    0,
                    block -> measured.incrementAndGet(),
                    (block, result) -> {
                        throw new IOException("stop");
                    }));
        }
        assertTrue(measured.get() <= 4, measured + " blocks were measured");
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() throws IOException {
        assertArrayEquals(distances(1), distances(3));
    }

    @Test
    void aBlockFitsTheNetwork() {
        assertEquals(8, ImageBlocks.size(10, ResNet9.encoder()));
        assertEquals(4, ImageBlocks.size(10, Networks.encoder("resnet18", 3, 32)));
        assertEquals(1, ImageBlocks.size(10, Networks.encoder("resnet18", 3, 96)));
    }

    private static double[][] distances(int threads) throws IOException {
        List<double[]> all = new ArrayList<>();
        var options = new LayerDistances.Options(2, ViewDistance.L2, false, false);
        long before = Tensor.alive();
        try (LayerDistances distances = new LayerDistances(ResNet9.encoder(), options);
                StateDict state = StateLayout.of(ResNet9.encoder()).initialState(1);
                BlockPass pass = new BlockPass(threads)) {
            pass.run(
                    new ImageBlocks(IntStream.range(0, 7).toArray(), 2),
                    0,
                    block -> {
                        try (Scope scope = Scope.open()) {
                            float[] values = StatelessRandom.of(1, "views")
                                    .at(block[0], 0, 0)
                                    .uniformFloats(2 * block.length * 3072, -1, 1);
                            return distances.of(state, scope.floats(values, 2L * block.length, 3, 32, 32));
                        }
                    },
                    (block, result) -> all.addAll(List.of(result)));
        }
        assertEquals(before, Tensor.alive());
        return all.toArray(double[][]::new);
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
