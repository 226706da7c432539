package dev.engram.encoders.eval;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A window of rows less the mean of the database, as a matrix product wants them: small numbers even where all features share
 * a large offset, which would otherwise cancel the digits of |x|² - 2·q·x.
 */
final class ShiftedRows {
    private final float[] mean;
    private final MemorySegment values;
    private final double[] norms;
    private final float[] row;
    private int rows;
    private double largestNorm;

    ShiftedRows(float[] mean, int capacity) {
        this.mean = mean;
        this.values = Arena.ofAuto().allocate((long) capacity * mean.length * Float.BYTES, Long.BYTES);
        this.norms = new double[capacity];
        this.row = new float[mean.length];
    }

    /** Column means of a matrix with at least one row, summed in double. */
    static float[] mean(FeatureMatrix matrix) {
        double[] sums = new double[matrix.dimension()];
        float[] row = new float[matrix.dimension()];
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.row(i, row);
            for (int j = 0; j < row.length; j++) {
                sums[j] += row[j];
            }
        }
        float[] mean = new float[sums.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) (sums[j] / matrix.rows());
        }
        return mean;
    }

    void load(FeatureMatrix matrix, int from, int count) {
        rows = count;
        largestNorm = 0;
        for (int i = 0; i < count; i++) {
            matrix.row(from + i, row);
            double square = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] -= mean[j];
                square += (double) row[j] * row[j];
            }
            norms[i] = Math.sqrt(square);
            largestNorm = Math.max(largestNorm, norms[i]);
            MemorySegment.copy(row, 0, values, ValueLayout.JAVA_FLOAT, (long) i * row.length * Float.BYTES, row.length);
        }
    }

    int rows() {
        return rows;
    }

    /** L2 norms of the shifted rows; only the first {@link #rows} are valid. */
    double[] norms() {
        return norms;
    }

    /** The largest of {@link #norms}. */
    double largestNorm() {
        return largestNorm;
    }

    /** The shifted rows [rows, dimension], float32, native order, no copy. */
    ByteBuffer bytes() {
        return values.asSlice(0, (long) rows * row.length * Float.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
