package dev.engram.metrics.task;

import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The pass of a run over blocks of images: it goes on from the last resume point, tells how far it is, and saves as {@link SavePoints} says.
 *
 * @param nanoTime tells when a resume point is due
 */
record Measurement(RunContext run, LongSupplier nanoTime) {

    /** Measures all blocks that an earlier attempt has not, and returns what is kept of all. */
    <R, S extends SavePoints.State> S of(Measure<R, S> measure, ImageBlocks blocks) throws IOException {
        measure.begin();
        S kept = measure.empty(blocks);
        SavePoints savePoints = new SavePoints(run, nanoTime);
        int from = savePoints.resume(kept);
        BlockPass.Sink<R> keep = new BlockPass.Sink<>() {
            private int done = from;

            @Override
            public void accept(int[] block, R found) throws IOException {
                measure.keep(kept, block, found);
                done += block.length;
                run.progress(measure.stage(), done, blocks.images(), "image", Map.of());
                savePoints.after(done, kept);
            }
        };
        switch (measure.pace()) {
            case BLOCKS_AT_ONCE -> {
                try (BlockPass pass = new BlockPass(run.threads())) {
                    pass.run(blocks, from, measure::of, keep);
                }
            }
            case ONE_BY_ONE -> {
                int next = from;
                while (next < blocks.images()) {
                    int[] block = blocks.block(next);
                    keep.accept(block, measure.of(block));
                    next += block.length;
                }
            }
        }
        return kept;
    }
}
