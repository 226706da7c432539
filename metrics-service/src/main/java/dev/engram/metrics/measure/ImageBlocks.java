package dev.engram.metrics.measure;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The images of a measurement in blocks that go through the network together. The division depends on the lists of images, the number
 * of views and the network alone, never on threads or on where a run was interrupted: the native library may sum in another order for
 * another batch, so this is what makes a resumed measurement equal to the bit.
 */
public final class ImageBlocks {
    /** Elements of the largest activation of a block: 10 MB, which just fit the caches of a small machine. */
    private static final long ELEMENTS = 80 * 32_768;

    /** Views at most, however small their activations. */
    private static final int VIEWS = 160;

    private final List<int[]> blocks;
    private final int[] firsts;
    private final int images;

    /**
     * Blocks as they are.
     *
     * @param blocks positions of the images of each in their set; none is empty
     */
    public ImageBlocks(List<int[]> blocks) {
        this.blocks = List.copyOf(blocks);
        this.firsts = new int[blocks.size()];
        int count = 0;
        for (int i = 0; i < firsts.length; i++) {
            if (blocks.get(i).length == 0) {
                throw new IllegalArgumentException("block " + i + " is empty");
            }
            firsts[i] = count;
            count += blocks.get(i).length;
        }
        this.images = count;
    }

    /**
     * One list of images cut into blocks.
     *
     * @param indices positions of all images in their set, in the order of measuring
     * @param size images a block; the last may have fewer
     */
    public ImageBlocks(int[] indices, int size) {
        this(cut(indices, size));
    }

    /** Several lists of images, each cut into blocks of its own. */
    public static ImageBlocks ofParts(Iterable<int[]> parts, int size) {
        List<int[]> blocks = new ArrayList<>();
        parts.forEach(part -> blocks.addAll(cut(part, size)));
        return new ImageBlocks(blocks);
    }

    /** How many images, at least one, with so many views each go through a network together. */
    public static int size(int views, Network network) {
        long largest = StateLayout.of(network).taps().stream().mapToLong(Tap::elements).max().orElse(1);
        long together = Math.min(VIEWS, ELEMENTS / largest);
        return Math.toIntExact(Math.max(1, together / views));
    }

    private static List<int[]> cut(int[] indices, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size: must be at least 1, was " + size);
        }
        List<int[]> blocks = new ArrayList<>();
        for (int from = 0; from < indices.length; from += size) {
            blocks.add(Arrays.copyOfRange(indices, from, Math.min(indices.length, from + size)));
        }
        return blocks;
    }

    /**
     * A contiguous share of the blocks; of fewer blocks than shares, some shares are empty.
     *
     * @param share from 0
     * @param shares of about as many blocks each
     */
    public ImageBlocks share(int share, int shares) {
        if (share < 0 || share >= shares) {
            throw new IllegalArgumentException("there is no share %d of %d".formatted(share, shares));
        }
        long all = blocks.size();
        return new ImageBlocks(blocks.subList(Math.toIntExact(all * share / shares), Math.toIntExact(all * (share + 1) / shares)));
    }

    /** All of them, in the order of measuring. */
    public List<int[]> blocks() {
        return blocks;
    }

    /** How many images there are. */
    public int images() {
        return images;
    }

    /** The block that begins with image {@code from}, counted in the order of measuring. */
    public int[] block(int from) {
        int block = Arrays.binarySearch(firsts, from);
        if (block < 0) {
            throw new IllegalArgumentException("no block begins with image " + from);
        }
        return blocks.get(block);
    }
}
