package dev.engram.encoders.eval;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;

/**
 * Rows less the mean of the database, rounded to bfloat16, with what the rounding took from each: a product of such rows costs a
 * quarter or less of one in float32 where the processor has instructions for it.
 */
final class BrainRows {
    /** Rows of a tensor; what is loaded at once. */
    static final int CHUNK = 1024;

    private static final int DROPPED_BITS = 16;
    private static final String ROUND = """
            def forward(self, rows: Tensor) -> Tensor:
              return torch.to(rows, 15)
            """;

    private final float[] mean;
    private final Tensor[] chunks;
    private final double[] norms;
    private final double[] residuals;
    private final float[] squares;

    /** @param rows room for so many, to be filled by {@link #load} */
    BrainRows(float[] mean, int rows) {
        this.mean = mean;
        this.chunks = new Tensor[(rows + CHUNK - 1) / CHUNK];
        this.norms = new double[rows];
        this.residuals = new double[rows];
        this.squares = new float[rows];
    }

    /** Memory of so many rows, in bytes. */
    static long size(int dimension, long rows) {
        return rows * dimension * Short.BYTES;
    }

    /** What {@link #load} rounds with. */
    static TorchProgram rounding() {
        return TorchProgram.compile(ROUND);
    }

    /**
     * Fills one chunk. Other threads may fill others at the same time.
     *
     * @param scope owns the rounded rows
     * @param from first row in {@code matrix}
     * @param chunk to fill
     * @param count rows, at most {@link #CHUNK}
     */
    void load(Scope scope, TorchProgram rounding, FeatureMatrix matrix, int from, int chunk, int count) {
        int at = chunk * CHUNK;
        float[] row = new float[mean.length];
        float[] shifted = new float[count * mean.length];
        for (int i = 0; i < count; i++) {
            matrix.row(from + i, row);
            double square = 0;
            double lost = 0;
            for (int j = 0; j < row.length; j++) {
                float value = row[j] - mean[j];
                double residual = (double) value - rounded(value);
                square += (double) value * value;
                lost += residual * residual;
                shifted[i * row.length + j] = value;
            }
            norms[at + i] = Math.sqrt(square);
            residuals[at + i] = Math.sqrt(lost);
            squares[at + i] = (float) square;
        }
        try (Scope temporary = Scope.open()) {
            chunks[chunk] = rounding.run(scope, temporary.floats(shifted, count, mean.length)).tensor();
        }
    }

    /** The nearest bfloat16 of a finite value, ties to even; may be infinite. */
    static float rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        int half = (1 << (DROPPED_BITS - 1)) - 1 + ((bits >>> DROPPED_BITS) & 1);
        return Float.intBitsToFloat((bits + half) >>> DROPPED_BITS << DROPPED_BITS);
    }

    /** L2 norm of a shifted row. */
    double norm(int row) {
        return norms[row];
    }

    /** L2 norm of what rounding took from a shifted row. */
    double residual(int row) {
        return residuals[row];
    }

    /** Squared norm. */
    float square(int row) {
        return squares[row];
    }

    int dimension() {
        return mean.length;
    }

    /** The rounded rows of a chunk, bfloat16 [rows, dimension]: for programs only. */
    Tensor chunk(int chunk) {
        return chunks[chunk];
    }
}
