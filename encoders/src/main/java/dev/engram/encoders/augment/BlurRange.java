package dev.engram.encoders.augment;

/**
 * A Gaussian blur with reflected borders.
 *
 * @param kernel width of the kernel in pixels, odd
 * @param minSigma smallest standard deviation in pixels, positive
 * @param maxSigma largest
 * @param probability that an image is blurred, in [0, 1]
 */
public record BlurRange(int kernel, double minSigma, double maxSigma, double probability) {
    public static final BlurRange NONE = new BlurRange(1, 1, 1, 0);

    public BlurRange {
        if (kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("blur kernel: must be odd and positive, was " + kernel);
        }
        if (!(minSigma > 0 && minSigma <= maxSigma && Double.isFinite(maxSigma))) {
            throw new IllegalArgumentException("blur sigma: needs 0 < min <= max, was [" + minSigma + ", " + maxSigma + "]");
        }
        AugmentationRecipe.probability("blur", probability);
    }
}
