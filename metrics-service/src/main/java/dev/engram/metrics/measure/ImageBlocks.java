package dev.engram.metrics.measure;

import java.util.Arrays;

/**
 * The images of a measurement in blocks that go through the network together. The division depends on the list and the number of
 * views alone, never on where a run was interrupted: the native library may sum in another order for another batch size, so
 * this is what makes a resumed measurement equal to the bit.
 *
 * @param indices positions of all images in their set, in the order of measuring
 * @param size images a block; the last may have fewer
 */
public record ImageBlocks(int[] indices, int size) {
    /** Views that go through a network at once: their largest activation just fits the caches of a small machine. */
    private static final int VIEWS = 80;

    public ImageBlocks {
        if (size < 1) {
            throw new IllegalArgumentException("size: must be at least 1, was " + size);
        }
    }

    /** Blocks of about {@value #VIEWS} views. */
    public static ImageBlocks of(int[] indices, int views) {
        return new ImageBlocks(indices, Math.max(1, VIEWS / views));
    }

    /** How many images there are. */
    public int images() {
        return indices.length;
    }

    /** The block that begins with image {@code from}, a multiple of the size. */
    public int[] block(int from) {
        if (from % size != 0) {
            throw new IllegalArgumentException("no block begins with image " + from);
        }
        return Arrays.copyOfRange(indices, from, Math.min(indices.length, from + size));
    }
}
