package dev.engram.encoders.image;

/**
 * The weights of an antialiased resize along one axis, as torchvision and Pillow define it: the filter is as wide as the scale when
 * shrinking and one pixel when enlarging; pixel centres at i + ½; weights of pixels outside the source are dropped and the rest
 * sums to 1.
 *
 * <p>A resize of a crop is W_y · X · W_xᵀ per channel; cost of making one axis: O(target · (source / target + 1)).
 */
public final class ResizeWeights {
    private final int[] from;
    private final double[][] weights;

    private ResizeWeights(int[] from, double[][] weights) {
        this.from = from;
        this.weights = weights;
    }

    /** Weights that resize {@code length} pixels to {@code target}. */
    public static ResizeWeights of(int length, int target, Interpolation interpolation) {
        if (length < 1 || target < 1) {
            throw new IllegalArgumentException("resize: %d pixels to %d is impossible".formatted(length, target));
        }
        double scale = (double) length / target;
        double stretch = Math.max(scale, 1);
        double halfWidth = interpolation.halfWidth() * stretch;
        int[] from = new int[target];
        double[][] weights = new double[target][];
        for (int i = 0; i < target; i++) {
            double center = scale * (i + 0.5);
            from[i] = Math.max((int) (center - halfWidth + 0.5), 0);
            double[] row = new double[Math.min((int) (center + halfWidth + 0.5), length) - from[i]];
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] = interpolation.weight((from[i] + j - center + 0.5) / stretch);
                sum += row[j];
            }
            for (int j = 0; j < row.length; j++) {
                row[j] /= sum;
            }
            weights[i] = row;
        }
        return new ResizeWeights(from, weights);
    }

    /** Pixels after the resize. */
    public int target() {
        return from.length;
    }

    /** The first source pixel that target pixel {@code i} is made of. */
    public int from(int i) {
        return from[i];
    }

    /** The weights of target pixel {@code i}, from source pixel {@link #from} on; not to be changed. */
    public double[] weights(int i) {
        return weights[i];
    }

    /**
     * Writes the weights as a [target, axis] matrix, row after row, for a source that begins at {@code start} of an axis of
     * {@code axis} pixels; what lies outside the axis counts as black. The matrix's place in {@code out} must hold zeros.
     *
     * @param start may be negative: the source then begins in black
     * @param mirror whether to reverse the result (a flip), by filling the rows in reverse order
     */
    public void write(int axis, int start, boolean mirror, float[] out, int offset) {
        for (int i = 0; i < from.length; i++) {
            int row = offset + (mirror ? from.length - 1 - i : i) * axis;
            for (int j = 0; j < weights[i].length; j++) {
                int pixel = start + from[i] + j;
                if (pixel >= 0 && pixel < axis) {
                    out[row + pixel] = (float) weights[i][j];
                }
            }
        }
    }
}
