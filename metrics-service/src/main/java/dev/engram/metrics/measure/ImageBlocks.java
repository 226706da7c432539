package dev.engram.metrics.measure;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import java.util.Arrays;

/**
 * The images of a measurement in blocks that go through the network together. The division depends on the list, the number of
 * views and the network alone, never on threads or on where a run was interrupted: the native library may sum in another order for
 * another batch size, so this is what makes a resumed measurement equal to the bit.
 *
 * @param indices positions of all images in their set, in the order of measuring
 * @param size images a block; the last may have fewer
 */
public record ImageBlocks(int[] indices, int size) {
    /** Elements of the largest activation of a block: 10 MB, which just fit the caches of a small machine. */
    private static final long ELEMENTS = 80 * 32_768;

    /** Views at most, however small their activations. */
    private static final int VIEWS = 160;

    public ImageBlocks {
        if (size < 1) {
            throw new IllegalArgumentException("size: must be at least 1, was " + size);
        }
    }

    /** Blocks for a network, of at least one image. */
    public static ImageBlocks of(int[] indices, int views, Network network) {
        long largest = StateLayout.of(network).taps().stream().mapToLong(Tap::elements).max().orElse(1);
        long together = Math.min(VIEWS, ELEMENTS / largest);
        return new ImageBlocks(indices, Math.toIntExact(Math.max(1, together / views)));
    }

    /**
     * A contiguous share of whole blocks, which are the same blocks for any number of shares; of fewer blocks than shares, some shares are empty.
     *
     * @param share from 0
     * @param shares of about as many blocks each
     */
    public ImageBlocks share(int share, int shares) {
        if (share < 0 || share >= shares) {
            throw new IllegalArgumentException("there is no share %d of %d".formatted(share, shares));
        }
        long blocks = Math.ceilDiv(indices.length, size);
        int from = Math.toIntExact(blocks * share / shares * size);
        int to = Math.toIntExact(Math.min(indices.length, blocks * (share + 1) / shares * size));
        return new ImageBlocks(Arrays.copyOfRange(indices, Math.min(from, to), to), size);
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
