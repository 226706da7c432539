package dev.engram.encoders.augment;

/**
 * Gaussian noise on every value of a view, then clipped to [0, 1], as torchvision's GaussianNoise.
 *
 * @param deviation standard deviation on values in [0, 1], at least 0
 * @param probability that a view gets noise, in [0, 1]
 */
public record NoiseRange(double deviation, double probability) {
    public static final NoiseRange NONE = new NoiseRange(0, 0);

    public NoiseRange {
        if (!(deviation >= 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException("noise deviation: must be at least 0, was " + deviation);
        }
        AugmentationRecipe.probability("noise", probability);
    }
}
