package dev.engram.encoders.image;

/**
 * The weights of an antialiased bilinear resize along one axis, as torchvision and Pillow define it: a triangle filter whose
 * half-width is the scale when shrinking and one pixel when enlarging; pixel centres at i + ½; weights of pixels outside the
 * source are dropped and the rest sums to 1.
 *
 * <p>A resize of a crop is W_y · X · W_xᵀ per channel; cost of making one axis: O(target · (source / target + 1)).
 */
public final class BilinearWeights {
    private BilinearWeights() {}

    /**
     * Writes the [target, axis] matrix, row after row, that cuts {@code length} pixels at {@code start} out of an axis of
     * {@code axis} pixels and resizes them to {@code target}. The matrix's place in {@code out} must hold zeros.
     *
     * @param mirror whether to reverse the result (a flip), by filling the rows in reverse order
     */
    public static void write(int axis, int start, int length, int target, boolean mirror, float[] out, int offset) {
        if (start < 0 || length < 1 || start > axis - length || target < 1) {
            throw new IllegalArgumentException("resize: [%d, %d + %d) of %d pixels to %d is impossible"
                    .formatted(start, start, length, axis, target));
        }
        double scale = (double) length / target;
        double halfWidth = Math.max(scale, 1);
        for (int i = 0; i < target; i++) {
            double center = scale * (i + 0.5);
            int from = Math.max((int) (center - halfWidth + 0.5), 0);
            int to = Math.min((int) (center + halfWidth + 0.5), length);
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += triangle((j - center + 0.5) / halfWidth);
            }
            int row = offset + (mirror ? target - 1 - i : i) * axis + start;
            for (int j = from; j < to; j++) {
                out[row + j] = (float) (triangle((j - center + 0.5) / halfWidth) / sum);
            }
        }
    }

    /** The [target, axis] matrix as rows. */
    public static float[][] of(int axis, int start, int length, int target) {
        float[] flat = new float[target * axis];
        write(axis, start, length, target, false, flat, 0);
        float[][] rows = new float[target][];
        for (int i = 0; i < target; i++) {
            rows[i] = java.util.Arrays.copyOfRange(flat, i * axis, (i + 1) * axis);
        }
        return rows;
    }

    private static double triangle(double x) {
        return Math.max(0, 1 - Math.abs(x));
    }
}
