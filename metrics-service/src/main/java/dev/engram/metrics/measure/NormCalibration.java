package dev.engram.metrics.measure;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.BatchStatistics;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives an untrained network the running statistics it would have had, had it only looked at the images. As it was drawn it has mean 0 and variance 1
 * everywhere: its normalizations do nothing, activations keep the offset that all images share, and in deep layers units die or tell images apart far less
 * than those of a network whose normalizations work, trained or not.
 *
 * <p>The statistics are the means over batches of 32 of the batch means and of the unbiased batch variances, in one pass in which every normalization
 * goes by its batch (as PyTorch's {@code update_bn}, with a cumulative average). At most 1,024 images, spread evenly over those to be measured, one
 * view of each: 1,024 forward passes at most. Each batch is computed by one thread and added in order, so that the number of threads changes no bit.
 */
public final class NormCalibration {
    private static final int BATCH = 32;
    private static final int MOST = 1024;

    private NormCalibration() {}

    /**
     * Sets the running statistics of {@code state}. Does nothing to a network without any.
     *
     * @param indices positions of at least 2 images, in the order of measuring
     * @param threads that share the batches
     * @param afterBatch called after each batch; may throw to end the pass
     */
    public static void calibrate(
            Network network, StateDict state, AugmentedViews source, int[] indices, int threads, Runnable afterBatch) throws IOException {
        if (BatchStatistics.names(StateLayout.of(network)).isEmpty()) {
            return;
        }
        ImageBlocks blocks = new ImageBlocks(spread(indices), BATCH);
        int batches = Math.ceilDiv(blocks.images(), BATCH);
        Map<String, double[]> sums = new LinkedHashMap<>();
        try (BatchStatistics statistics = BatchStatistics.of(network);
                BlockPass pass = new BlockPass(threads)) {
            pass.run(blocks, 0, block -> of(statistics, state, source, block), (_, found) -> {
                found.forEach((name, values) -> {
                    double[] sum = sums.computeIfAbsent(name, _ -> new double[values.length]);
                    Arrays.setAll(sum, unit -> sum[unit] + values[unit]);
                });
                afterBatch.run();
            });
        }
        sums.forEach((name, sum) -> state.get(name).write(floats(sum, batches)));
    }

    private static Map<String, double[]> of(BatchStatistics statistics, StateDict state, AugmentedViews source, int[] block) {
        try (Scope scope = Scope.open()) {
            Tensor seen = source.views(scope, block, 0, 0, 1);
            return statistics.of(state, seen);
        }
    }

    /** Whole batches, as many as there are up to the most; of fewer images than a batch all in one. */
    static int[] spread(int[] indices) {
        int count = Math.min(MOST, indices.length);
        int whole = count < BATCH ? count : count - count % BATCH;
        int[] chosen = new int[whole];
        Arrays.setAll(chosen, i -> indices[(int) ((long) i * indices.length / whole)]);
        return chosen;
    }

    private static ByteBuffer floats(double[] sum, int batches) {
        ByteBuffer bytes = ByteBuffer.allocate(sum.length * Float.BYTES).order(ByteOrder.nativeOrder());
        for (double value : sum) {
            bytes.putFloat((float) (value / batches));
        }
        return bytes.flip();
    }
}
