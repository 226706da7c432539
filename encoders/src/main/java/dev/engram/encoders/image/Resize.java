package dev.engram.encoders.image;

/** Antialiased bilinear crop-and-resize of one picture on the Java heap; the batched form is in {@code augment}. */
public final class Resize {
    private Resize() {}

    /**
     * Cuts a rectangle out of [C, H, W] and resizes it to [C, targetHeight, targetWidth].
     *
     * @param planes values of any range, C·H·W of them
     * @param top first row of the rectangle, {@code rows} many; {@code left} and {@code columns} likewise
     */
    public static float[] crop(
            float[] planes, int channels, int height, int width,
            int top, int left, int rows, int columns, int targetHeight, int targetWidth) {
        if (planes.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "planes: %d values are not %dx%dx%d".formatted(planes.length, channels, height, width));
        }
        float[][] vertical = BilinearWeights.of(height, top, rows, targetHeight);
        float[][] horizontal = BilinearWeights.of(width, left, columns, targetWidth);
        float[] result = new float[channels * targetHeight * targetWidth];
        float[] narrow = new float[height * targetWidth];
        for (int c = 0; c < channels; c++) {
            for (int y = top; y < top + rows; y++) {
                for (int x = 0; x < targetWidth; x++) {
                    narrow[y * targetWidth + x] = dot(horizontal[x], planes, (c * height + y) * width, 1);
                }
            }
            for (int y = 0; y < targetHeight; y++) {
                for (int x = 0; x < targetWidth; x++) {
                    result[(c * targetHeight + y) * targetWidth + x] = dot(vertical[y], narrow, x, targetWidth);
                }
            }
        }
        return result;
    }

    private static float dot(float[] weights, float[] values, int from, int stride) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                sum += weights[i] * (double) values[from + i * stride];
            }
        }
        return (float) sum;
    }
}
