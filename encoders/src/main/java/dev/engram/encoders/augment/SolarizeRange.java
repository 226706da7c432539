package dev.engram.encoders.augment;

/**
 * Solarization: x becomes 1-x where x is at least the threshold. A threshold of 0 inverts the whole image.
 *
 * @param threshold in [0, 1]
 * @param probability that an image is solarized, in [0, 1]
 */
public record SolarizeRange(double threshold, double probability) {
    public static final SolarizeRange NONE = new SolarizeRange(0.5, 0);

    public SolarizeRange {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("solarize threshold: must be in [0, 1], was " + threshold);
        }
        AugmentationRecipe.probability("solarize", probability);
    }
}
