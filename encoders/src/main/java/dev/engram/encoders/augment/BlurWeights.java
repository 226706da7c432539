package dev.engram.encoders.augment;

/**
 * The matrix of a Gaussian blur along one axis with reflected borders (…cb|abc…), as in torchvision: weights exp(-d²/2σ²) at the
 * integer distances of the kernel, summing to 1. A blur of an image is B · X · Bᵀ per channel.
 */
final class BlurWeights {
    private BlurWeights() {}

    /** Adds the [side, side] matrix into {@code out}, whose place must hold zeros. */
    static void write(int side, int kernel, double sigma, float[] out, int offset) {
        int reach = kernel / 2;
        if (reach >= side) {
            throw new IllegalArgumentException("blur: kernel " + kernel + " needs images larger than " + reach + " pixels");
        }
        double[] weights = new double[kernel];
        double sum = 0;
        for (int i = 0; i < kernel; i++) {
            double distance = (i - reach) / sigma;
            weights[i] = Math.exp(-0.5 * distance * distance);
            sum += weights[i];
        }
        for (int row = 0; row < side; row++) {
            for (int i = 0; i < kernel; i++) {
                out[offset + row * side + reflect(row + i - reach, side)] += (float) (weights[i] / sum);
            }
        }
    }

    private static int reflect(int position, int side) {
        if (position < 0) {
            return -position;
        }
        return position < side ? position : 2 * (side - 1) - position;
    }
}
