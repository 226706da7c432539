package dev.engram.metrics.unitmem;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * All mean activations of all images: what {@link MedianOfOthers} needs and nothing else does. Memory: 4 bytes for each image
 * and unit.
 */
public final class MeansTable {
    private final float[][] rows;
    private final int units;
    private int images;

    /**
     * @param images how many can be added
     * @param units of all layers together
     */
    public MeansTable(int images, int units) {
        this.rows = new float[images][];
        this.units = units;
    }

    /** Memory of a table, in bytes. */
    public static long bytes(int images, int units) {
        return (long) images * units * Float.BYTES;
    }

    /**
     * Adds image {@code image} of a block.
     *
     * @param block for each layer {@code [B · units]}, image by image
     * @param layerUnits units of each layer
     */
    public void add(List<float[]> block, int[] layerUnits, int image) {
        float[] row = new float[units];
        int position = 0;
        for (int layer = 0; layer < layerUnits.length; layer++) {
            System.arraycopy(block.get(layer), image * layerUnits[layer], row, position, layerUnits[layer]);
            position += layerUnits[layer];
        }
        rows[images++] = row;
    }

    /** Appends the images of another table with as many units; its rows are shared, not copied. */
    public void append(MeansTable next) {
        if (next.units != units || images + next.images > rows.length) {
            throw new IllegalArgumentException("cannot append %d images of %d units to %d of %d with room for %d"
                    .formatted(next.images, next.units, images, units, rows.length));
        }
        System.arraycopy(next.rows, 0, rows, images, next.images);
        images += next.images;
    }

    /** UnitMem of one unit, counted over all layers, against the median of the other images. */
    public UnitMem unitMem(int unit) {
        float[] column = new float[images];
        for (int image = 0; image < images; image++) {
            column[image] = rows[image][unit];
        }
        return MedianOfOthers.unitMem(column);
    }

    /** Writes the whole state. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(images);
        for (int image = 0; image < images; image++) {
            for (float mean : rows[image]) {
                out.writeFloat(mean);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        images = in.readInt();
        if (images > rows.length) {
            throw new IOException("the resume point has %d images, the run %d".formatted(images, rows.length));
        }
        for (int image = 0; image < images; image++) {
            rows[image] = new float[units];
            for (int unit = 0; unit < units; unit++) {
                rows[image][unit] = in.readFloat();
            }
        }
    }
}
