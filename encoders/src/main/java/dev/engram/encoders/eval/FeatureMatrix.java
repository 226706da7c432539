package dev.engram.encoders.eval;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Features of many images: [rows, dimension] float32, row-major, outside the heap, beyond {@link FeatureMemory}'s budget in a file; freed when no
 * longer reachable. Row i belongs to the i-th image of whatever list it was computed for. Filled once, then only read; reading is thread-safe.
 */
public final class FeatureMatrix {
    private final int rows;
    private final int dimension;
    private final MemorySegment values;

    private FeatureMatrix(int rows, int dimension, FeatureMemory memory) {
        if (rows < 0 || dimension < 1) {
            throw new IllegalArgumentException(
                    "a feature matrix has rows >= 0 and a dimension >= 1, not %d x %d".formatted(rows, dimension));
        }
        this.rows = rows;
        this.dimension = dimension;
        this.values = memory.zeros(this, Math.max(1, (long) rows * dimension * Float.BYTES));
    }

    /**
     * A matrix of zeros, to be filled by {@link #put}.
     *
     * @throws java.io.UncheckedIOException if it needs a file and there is no room for one
     */
    public static FeatureMatrix zeros(int rows, int dimension) {
        return zeros(rows, dimension, FeatureMemory.OF_THIS_PROCESS);
    }

    static FeatureMatrix zeros(int rows, int dimension, FeatureMemory memory) {
        return new FeatureMatrix(rows, dimension, memory);
    }

    /** A matrix of these rows, copied; all of one length, at least one row. */
    public static FeatureMatrix of(float[][] rows) {
        FeatureMatrix matrix = zeros(rows.length, rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            matrix.put(row, rows[row]);
        }
        return matrix;
    }

    public int rows() {
        return rows;
    }

    public int dimension() {
        return dimension;
    }

    /** Copies whole rows in, beginning with {@code firstRow}; the length must be a multiple of the dimension. */
    public void put(int firstRow, float[] source) {
        Objects.checkFromIndexSize(firstRow, wholeRows(source.length), rows);
        MemorySegment.copy(source, 0, values, ValueLayout.JAVA_FLOAT, offset(firstRow), source.length);
    }

    /** Copies whole rows of float32 in native byte order in, beginning with {@code firstRow}: what a tensor's bytes are. */
    public void put(int firstRow, ByteBuffer source) {
        int count = wholeRows(source.remaining() / Float.BYTES);
        Objects.checkFromIndexSize(firstRow, count, rows);
        MemorySegment.copy(MemorySegment.ofBuffer(source), 0, values, offset(firstRow), source.remaining());
    }

    /** Copies one row out; {@code target} has at least the dimension's length. */
    public void row(int row, float[] target) {
        Objects.checkIndex(row, rows);
        MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, offset(row), target, 0, dimension);
    }

    /** A copy of one row. */
    public float[] row(int row) {
        float[] copy = new float[dimension];
        row(row, copy);
        return copy;
    }

    /** A read-only view of consecutive rows in native byte order, without a copy; at most 2 GiB. */
    public ByteBuffer bytes(int firstRow, int count) {
        Objects.checkFromIndexSize(firstRow, count, rows);
        return values.asSlice(offset(firstRow), (long) count * dimension * Float.BYTES)
                .asReadOnly()
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /**
     * A new matrix whose rows have unit L2 norm (norms in double); a row of zeros stays zero. Squared L2 distance between
     * such rows is 2 - 2·cos, so nearest by cosine is nearest by L2 here.
     */
    public FeatureMatrix normalized() {
        FeatureMatrix normalized = zeros(rows, dimension);
        float[] row = new float[dimension];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            double square = 0;
            for (float value : row) {
                square += (double) value * value;
            }
            double scale = square == 0 ? 0 : 1 / Math.sqrt(square);
            for (int j = 0; j < dimension; j++) {
                row[j] = (float) (row[j] * scale);
            }
            normalized.put(i, row);
        }
        return normalized;
    }

    /** The first row that holds a NaN or an infinity, or -1 if all values are finite. */
    public int firstNotFinite() {
        float[] row = new float[dimension];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private int wholeRows(int floats) {
        if (floats % dimension != 0) {
            throw new IllegalArgumentException(floats + " values are not whole rows of " + dimension);
        }
        return floats / dimension;
    }

    private long offset(int row) {
        return (long) row * dimension * Float.BYTES;
    }
}
