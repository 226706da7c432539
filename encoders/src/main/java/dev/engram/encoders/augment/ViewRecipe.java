package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

/**
 * What may happen to an image on its way to becoming one view, in this order: random crop, flips, colour jitter, grayscale, blur,
 * solarization, noise. A step with probability 0 never happens.
 *
 * @param crop area and aspect ratio of the random resized crop
 * @param horizontalFlip probability in [0, 1]
 * @param verticalFlip probability in [0, 1]
 * @param jitter colour jitter
 * @param grayscale probability in [0, 1] of losing all colour
 * @param blur Gaussian blur
 * @param solarize inversion of bright values
 * @param noise Gaussian noise
 */
public record ViewRecipe(
        CropRange crop,
        double horizontalFlip,
        double verticalFlip,
        JitterRange jitter,
        double grayscale,
        BlurRange blur,
        SolarizeRange solarize,
        NoiseRange noise) {
    /** The whole image, resized; nothing random. */
    public static final ViewRecipe PLAIN = new ViewRecipe(
            CropRange.WHOLE, 0, 0, JitterRange.NONE, 0, BlurRange.NONE, SolarizeRange.NONE, NoiseRange.NONE);

    public ViewRecipe {
        requireNonNull(crop, "crop");
        requireNonNull(jitter, "jitter");
        requireNonNull(blur, "blur");
        requireNonNull(solarize, "solarize");
        requireNonNull(noise, "noise");
        AugmentationRecipe.probability("horizontalFlip", horizontalFlip);
        AugmentationRecipe.probability("verticalFlip", verticalFlip);
        AugmentationRecipe.probability("grayscale", grayscale);
    }

    /** This recipe with another crop. */
    public ViewRecipe crop(CropRange other) {
        return new ViewRecipe(other, horizontalFlip, verticalFlip, jitter, grayscale, blur, solarize, noise);
    }

    /** This recipe with other probabilities of a horizontal and a vertical flip. */
    public ViewRecipe flips(double horizontal, double vertical) {
        return new ViewRecipe(crop, horizontal, vertical, jitter, grayscale, blur, solarize, noise);
    }

    /** This recipe with another colour jitter. */
    public ViewRecipe jitter(JitterRange other) {
        return new ViewRecipe(crop, horizontalFlip, verticalFlip, other, grayscale, blur, solarize, noise);
    }

    /** This recipe with another probability of losing all colour. */
    public ViewRecipe grayscale(double other) {
        return new ViewRecipe(crop, horizontalFlip, verticalFlip, jitter, other, blur, solarize, noise);
    }

    /** This recipe with another blur. */
    public ViewRecipe blur(BlurRange other) {
        return new ViewRecipe(crop, horizontalFlip, verticalFlip, jitter, grayscale, other, solarize, noise);
    }

    /** This recipe with another solarization. */
    public ViewRecipe solarize(SolarizeRange other) {
        return new ViewRecipe(crop, horizontalFlip, verticalFlip, jitter, grayscale, blur, other, noise);
    }

    /** This recipe with other noise. */
    public ViewRecipe noise(NoiseRange other) {
        return new ViewRecipe(crop, horizontalFlip, verticalFlip, jitter, grayscale, blur, solarize, other);
    }
}
