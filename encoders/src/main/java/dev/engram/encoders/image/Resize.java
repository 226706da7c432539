package dev.engram.encoders.image;

/** Antialiased crop-and-resize of one picture on the Java heap; the batched form is in {@code augment}. */
public final class Resize {
    private Resize() {}

    /** As {@link #crop(float[], int, int, int, int, int, int, int, int, int, Interpolation)}, bilinear. */
    public static float[] crop(
            float[] planes, int channels, int height, int width,
            int top, int left, int rows, int columns, int targetHeight, int targetWidth) {
        return crop(
                planes, channels, height, width, top, left, rows, columns, targetHeight, targetWidth, Interpolation.BILINEAR);
    }

    /**
     * Cuts a rectangle out of [C, H, W] and resizes it to [C, targetHeight, targetWidth]. Cost: as many multiplications as the
     * filters have weights.
     *
     * @param planes values of any range, C·H·W of them
     * @param top first row of the rectangle, {@code rows} many; {@code left} and {@code columns} likewise
     */
    public static float[] crop(
            float[] planes, int channels, int height, int width,
            int top, int left, int rows, int columns, int targetHeight, int targetWidth, Interpolation interpolation) {
        if (planes.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "planes: %d values are not %dx%dx%d".formatted(planes.length, channels, height, width));
        }
        if (top < 0 || left < 0 || top > height - rows || left > width - columns) {
            throw new IllegalArgumentException("resize: [%d, %d, %d, %d] leaves a picture of %dx%d"
                    .formatted(top, left, rows, columns, height, width));
        }
        ResizeWeights vertical = ResizeWeights.of(rows, targetHeight, interpolation);
        ResizeWeights horizontal = ResizeWeights.of(columns, targetWidth, interpolation);
        float[] result = new float[channels * targetHeight * targetWidth];
        float[] narrow = new float[rows * targetWidth];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows; y++) {
                int row = (c * height + top + y) * width + left;
                for (int x = 0; x < targetWidth; x++) {
                    narrow[y * targetWidth + x] = dot(horizontal.weights(x), planes, row + horizontal.from(x), 1);
                }
            }
            for (int y = 0; y < targetHeight; y++) {
                double[] weights = vertical.weights(y);
                int first = vertical.from(y) * targetWidth;
                for (int x = 0; x < targetWidth; x++) {
                    result[(c * targetHeight + y) * targetWidth + x] = dot(weights, narrow, first + x, targetWidth);
                }
            }
        }
        return result;
    }

    private static float dot(double[] weights, float[] values, int from, int stride) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[from + i * stride];
        }
        return (float) sum;
    }
}
