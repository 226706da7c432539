package dev.engram.encoders.augment;

/**
 * The strengths of a colour jitter: factors of brightness, contrast and saturation are drawn from [max(0, 1-v), 1+v], the hue's
 * shift from [-hue, hue] turns; an operation of strength 0 is left out.
 *
 * @param brightness not negative; contrast and saturation likewise
 * @param hue in [0, 0.5]
 * @param probability that an image is jittered at all, in [0, 1]
 */
public record JitterRange(double brightness, double contrast, double saturation, double hue, double probability) {
    public static final JitterRange NONE = new JitterRange(0, 0, 0, 0, 0);

    public JitterRange {
        if (!(brightness >= 0 && contrast >= 0 && saturation >= 0)) {
            throw new IllegalArgumentException("jitter: strengths must not be negative");
        }
        if (!(hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException("jitter hue: must be in [0, 0.5], was " + hue);
        }
        AugmentationRecipe.probability("jitter", probability);
    }

    JitterRange withProbability(double other) {
        return new JitterRange(brightness, contrast, saturation, hue, other);
    }

    double strength(ColorOperation operation) {
        return switch (operation) {
            case BRIGHTNESS -> brightness;
            case CONTRAST -> contrast;
            case SATURATION -> saturation;
            case HUE -> hue;
        };
    }
}
