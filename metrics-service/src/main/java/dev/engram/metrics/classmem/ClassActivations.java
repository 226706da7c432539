package dev.engram.metrics.classmem;

import dev.engram.encoders.statistics.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The mean activation of every unit for every class, without keeping images. Sums are exact, so images may come in any order and
 * be divided into any shards. Memory: 72 bytes a unit and class.
 */
public final class ClassActivations {
    private final int units;
    private final int[] counts;
    private ExactSums sums;

    /**
     * @param units U, at least 1
     * @param classes of the data set
     */
    public ClassActivations(int units, int classes) {
        this.units = units;
        this.counts = new int[classes];
        this.sums = new ExactSums(Math.multiplyExact(units, classes));
    }

    /** Bytes that the sums of so many units and classes take. */
    public static long bytes(long units, long classes) {
        return 72 * units * classes;
    }

    public int units() {
        return units;
    }

    /** Images added so far. */
    public int images() {
        int images = 0;
        for (int count : counts) {
            images += count;
        }
        return images;
    }

    /** Classes that have an image. */
    public int classes() {
        int classes = 0;
        for (int count : counts) {
            classes += count > 0 ? 1 : 0;
        }
        return classes;
    }

    /**
     * Adds an image.
     *
     * @param means holds its U mean activations from {@code offset} on
     * @throws IllegalArgumentException if one of them is NaN or infinite; nothing has been added then
     */
    public void add(int label, float[] means, int offset) {
        for (int unit = 0; unit < units; unit++) {
            if (!Float.isFinite(means[offset + unit])) {
                throw new IllegalArgumentException("mean activation of unit %d is %s".formatted(unit, means[offset + unit]));
            }
        }
        for (int unit = 0; unit < units; unit++) {
            sums.add(unit * counts.length + label, means[offset + unit]);
        }
        counts[label]++;
    }

    /** Adds the images of another, which has as many units and classes. */
    public void merge(ClassActivations other) {
        if (other.units != units || other.counts.length != counts.length) {
            throw new IllegalArgumentException("cannot merge %d units of %d classes into %d of %d"
                    .formatted(other.units, other.counts.length, units, counts.length));
        }
        sums.merge(other.sums);
        for (int label = 0; label < counts.length; label++) {
            counts[label] += other.counts[label];
        }
    }

    /** Mean activation of a unit for each class; NaN for a class without images. */
    public double[] means(int unit) {
        double[] means = new double[counts.length];
        for (int label = 0; label < means.length; label++) {
            means[label] = counts[label] == 0 ? Double.NaN : sums.value(unit * counts.length + label) / counts[label];
        }
        return means;
    }

    /** Writes the whole state; {@link #read} goes on from it with the same bits. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(units);
        out.writeInt(counts.length);
        for (int count : counts) {
            out.writeInt(count);
        }
        sums.write(out);
    }

    /** Replaces the state by what {@link #write} wrote. */
    public void read(DataInput in) throws IOException {
        int readUnits = in.readInt();
        int readClasses = in.readInt();
        if (readUnits != units || readClasses != counts.length) {
            throw new IOException("the sums are of %d units and %d classes, wanted are %d and %d"
                    .formatted(readUnits, readClasses, units, counts.length));
        }
        for (int label = 0; label < counts.length; label++) {
            counts[label] = in.readInt();
        }
        sums = ExactSums.read(in);
    }
}
