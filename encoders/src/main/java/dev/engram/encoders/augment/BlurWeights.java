package dev.engram.encoders.augment;

/**
 * The matrix of a Gaussian blur along one axis with reflected borders (…cb|abc…), as in torchvision: weights exp(-d²/2σ²) at the
 * integer distances of the kernel, summing to 1. A blur of an image is B · X · Bᵀ per channel.
 */
final class BlurWeights {
    private BlurWeights() {}

    /**
     * The weights of one axis, {@code kernel} of them.
     *
     * @throws IllegalArgumentException if the kernel reaches beyond a view of that side
     */
    static float[] of(int side, int kernel, double sigma) {
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
        float[] normalized = new float[kernel];
        for (int i = 0; i < kernel; i++) {
            normalized[i] = (float) (weights[i] / sum);
        }
        return normalized;
    }

    /** Adds the [side, side] matrix into {@code out}, whose place must hold zeros. */
    static void write(int side, int kernel, double sigma, float[] out, int offset) {
        float[] weights = of(side, kernel, sigma);
        for (int row = 0; row < side; row++) {
            for (int i = 0; i < kernel; i++) {
                out[offset + row * side + reflect(row + i - kernel / 2, side)] += weights[i];
            }
        }
    }

    /** The place inside the axis that stands for {@code position}. */
    static int reflect(int position, int side) {
        if (position < 0) {
            return -position;
        }
        return position < side ? position : 2 * (side - 1) - position;
    }
}
