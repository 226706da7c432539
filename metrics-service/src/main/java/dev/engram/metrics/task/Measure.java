package dev.engram.metrics.task;

import dev.engram.metrics.measure.ImageBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A measure with everything it reads at hand: what is measured of a block of images, what is kept of that, and what is published of all that was
 * kept. The pass over the blocks, its threads, progress and resume points are {@link Measurement}'s.
 *
 * @param <R> what is measured of one block
 * @param <S> what is kept of all blocks so far
 */
interface Measure<R, S extends SavePoints.State> {
    /** What a person reads while it runs: {@code measuring layers}. */
    String stage();

    /** The images, in the order of measuring. */
    ImageBlocks blocks();

    /** How blocks go through the network. */
    default Pace pace() {
        return Pace.BLOCKS_AT_ONCE;
    }

    /** Makes ready for {@link #of}. Not called where what others have measured is only brought together. */
    default void begin() throws IOException {}

    /**
     * Before the first block.
     *
     * @param blocks that will be kept
     */
    S empty(ImageBlocks blocks);

    /** Measures a block, on any thread. */
    R of(int[] block);

    /** Keeps what was measured of the next block. */
    void keep(S kept, int[] block, R found);

    /** The artifact's kind, e.g. {@code layer-mem}. */
    String artifact();

    /** The files of the result, by name. Depends on {@code kept} and the spec alone. */
    Map<String, Path> files(S kept) throws IOException;

    /** How blocks go through the network. */
    enum Pace {
        /** Each block by one thread, as many at once as there are threads. */
        BLOCKS_AT_ONCE,
        /** One after the other, each by all threads: where a block's result is large. */
        ONE_BY_ONE
    }
}
