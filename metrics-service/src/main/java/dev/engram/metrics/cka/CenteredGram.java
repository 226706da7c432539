package dev.engram.metrics.cka;

/**
 * The inner products of a batch of n images at one layer, centered as an {@link HsicEstimator} asks. Kept as the upper triangle of
 * a symmetric matrix, with √2 on what stands for two elements, so that {@link #hsic} is one plain product of vectors.
 */
final class CenteredGram {
    private final HsicEstimator estimator;
    private final int images;
    private final double[] triangle;

    private CenteredGram(HsicEstimator estimator, int images, double[] triangle) {
        this.estimator = estimator;
        this.images = images;
        this.triangle = triangle;
    }

    /**
     * @param gram inner products {@code [n, n]}, row-major and symmetric, at most rounding apart
     * @param images n, at least {@link HsicEstimator#fewest}
     */
    static CenteredGram of(float[] gram, int images, HsicEstimator estimator) {
        if (images < estimator.fewest() || gram.length != images * images) {
            throw new IllegalArgumentException("%s needs [n, n] with n >= %d, got %d values for n = %d"
                    .formatted(estimator, estimator.fewest(), gram.length, images));
        }
        double[] sums = new double[images];
        double total = 0;
        for (int i = 0; i < images; i++) {
            for (int j = 0; j < images; j++) {
                if (i != j || estimator.hasDiagonal()) {
                    sums[i] += gram[i * images + j];
                }
            }
            total += sums[i];
        }
        double[] triangle = new double[images * (images + (estimator.hasDiagonal() ? 1 : -1)) / 2];
        int position = 0;
        for (int i = 0; i < images; i++) {
            for (int j = estimator.hasDiagonal() ? i : i + 1; j < images; j++) {
                double value = estimator.centered(gram[i * images + j], sums[i], sums[j], total, images);
                triangle[position++] = i == j ? value : value * Math.sqrt(2);
            }
        }
        return new CenteredGram(estimator, images, triangle);
    }

    /** The estimate for this layer and another on the same images. */
    double hsic(CenteredGram other) {
        double sum = 0;
        for (int i = 0; i < triangle.length; i++) {
            sum += triangle[i] * other.triangle[i];
        }
        return sum * estimator.scale(images);
    }
}
