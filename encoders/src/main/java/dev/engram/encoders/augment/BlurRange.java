package dev.engram.encoders.augment;

/**
 * A Gaussian blur with reflected borders.
 *
 * @param kernel width of the kernel in pixels, odd; 0 for a tenth of the view's side, made odd, at least 3, as in SimCLR
 * @param minSigma smallest standard deviation in pixels, positive
 * @param maxSigma largest
 * @param probability that an image is blurred, in [0, 1]
 */
public record BlurRange(int kernel, double minSigma, double maxSigma, double probability) {
    public static final BlurRange NONE = new BlurRange(1, 1, 1, 0);

    private static final int SHARE_OF_SIDE = 10;
    private static final int SMALLEST = 3;

    public BlurRange {
        if (kernel < 0 || kernel != 0 && kernel % 2 == 0) {
            throw new IllegalArgumentException("blur kernel: must be odd and positive, or 0 for a tenth of the side, was " + kernel);
        }
        if (!(minSigma > 0 && minSigma <= maxSigma && Double.isFinite(maxSigma))) {
            throw new IllegalArgumentException("blur sigma: needs 0 < min <= max, was [" + minSigma + ", " + maxSigma + "]");
        }
        AugmentationRecipe.probability("blur", probability);
    }

    /** Width of the kernel on views of that side: 23 for 224, 3 for 32, unless the kernel is fixed. */
    public int kernel(int side) {
        return kernel > 0 ? kernel : Math.max(SMALLEST, side / SHARE_OF_SIDE | 1);
    }
}
