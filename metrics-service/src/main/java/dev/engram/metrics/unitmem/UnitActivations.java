package dev.engram.metrics.unitmem;

import dev.engram.encoders.statistics.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What UnitMem needs of the mean activations μ_u(x) of all images, without keeping them: per unit the exact sum, the maximum,
 * how many images share it, and the images with the highest values.
 *
 * <p>Mergeable: images may come in any order and be divided into any shards, the result is the same to the bit, because the sums
 * are exact ({@link ExactSums}) and ties go to the smallest image id. Memory: 80 + 8·top bytes a unit, whatever the number of
 * images. About 10 ns an image and unit.
 */
public final class UnitActivations {
    private static final int FORMAT = 1;

    private final int units;
    private final ExactSums sums;
    private final int[] ties;
    private final TopImages top;
    private int images;

    /**
     * @param units U, at least 1
     * @param topImages images to keep a unit, at least 1
     */
    public UnitActivations(int units, int topImages) {
        this(units, new ExactSums(units), new int[units], new TopImages(units, atLeastOne(topImages)), 0);
    }

    private UnitActivations(int units, ExactSums sums, int[] ties, TopImages top, int images) {
        this.units = units;
        this.sums = sums;
        this.ties = ties;
        this.top = top;
        this.images = images;
    }

    private static int atLeastOne(int topImages) {
        if (topImages < 1) {
            throw new IllegalArgumentException("topImages: must be at least 1, was " + topImages);
        }
        return topImages;
    }

    public int units() {
        return units;
    }

    /** Images added so far. */
    public int images() {
        return images;
    }

    /**
     * Adds one image.
     *
     * @param imageId at least 0; an image is added once
     * @param means holds its U mean activations (Eq. 5) from {@code offset} on
     * @throws IllegalArgumentException if one of them is NaN or infinite; nothing has been added then
     */
    public void add(int imageId, float[] means, int offset) {
        for (int unit = 0; unit < units; unit++) {
            if (!Float.isFinite(means[offset + unit])) {
                throw new IllegalArgumentException(
                        "image %d: mean activation of unit %d is %s".formatted(imageId, unit, means[offset + unit]));
            }
        }
        for (int unit = 0; unit < units; unit++) {
            // Adding 0 makes -0 into 0, so that ties and bits do not depend on the sign of a zero.
            float mean = means[offset + unit] + 0f;
            countTies(unit, mean, 1);
            sums.add(unit, mean);
            top.offer(unit, mean, imageId);
        }
        images++;
    }

    /** Adds the images of {@code other}, which must be disjoint from those here and have as many units and top images. */
    public void merge(UnitActivations other) {
        if (other.units != units || other.top.size() != top.size()) {
            throw new IllegalArgumentException("cannot merge %d units with %d top images into %d with %d"
                    .formatted(other.units, other.top.size(), units, top.size()));
        }
        for (int unit = 0; unit < units && other.images > 0; unit++) {
            countTies(unit, other.max(unit), other.ties[unit]);
        }
        sums.merge(other.sums);
        top.merge(other.top);
        images += other.images;
    }

    private void countTies(int unit, float mean, int count) {
        float max = images == 0 ? Float.NEGATIVE_INFINITY : max(unit);
        if (mean > max) {
            ties[unit] = count;
            return;
        }
        if (mean == max) {
            ties[unit] += count;
        }
    }

    /** μ_max of a unit. */
    public float max(int unit) {
        return top.value(unit, 0);
    }

    /** Images that share the maximum exactly; 1 if it is unique. */
    public int ties(int unit) {
        return ties[unit];
    }

    /** Images kept for the unit. */
    public int kept(int unit) {
        return top.kept(unit);
    }

    /** Id of the image with the {@code rank}-th highest mean activation, from 0. */
    public int topImage(int unit, int rank) {
        return top.id(unit, rank);
    }

    /** Its mean activation. */
    public float topMean(int unit, int rank) {
        return top.value(unit, rank);
    }

    /**
     * UnitMem with the mean of the other images (Eq. 7).
     *
     * @throws IllegalStateException if fewer than two images have been added
     */
    public UnitMem unitMem(int unit) {
        requireTwoImages(images);
        float max = max(unit);
        return new UnitMem(max, sums.valueWithout(unit, max) / (images - 1));
    }

    static void requireTwoImages(int images) {
        if (images < 2) {
            throw new IllegalStateException(
                    "UnitMem compares an image with others: it needs at least 2 images, got " + images);
        }
    }

    /** Writes the whole state; {@link #read} goes on from it with the same bits. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeInt(images);
        sums.write(out);
        for (int tie : ties) {
            out.writeInt(tie);
        }
        top.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static UnitActivations read(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("unit activations: format " + format + " is not " + FORMAT);
        }
        int images = in.readInt();
        ExactSums sums = ExactSums.read(in);
        int[] ties = new int[sums.slots()];
        for (int unit = 0; unit < ties.length; unit++) {
            ties[unit] = in.readInt();
        }
        return new UnitActivations(sums.slots(), sums, ties, TopImages.read(in), images);
    }
}
