package dev.engram.encoders.augment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may happen to an image on its way to becoming a view, in this order: random resized crop, flips, colour jitter, grayscale,
 * blur, solarization, normalization. A step with probability 0 never happens.
 *
 * @param name as users know it
 * @param crop area and aspect ratio of the random resized crop
 * @param horizontalFlip probability in [0, 1]
 * @param verticalFlip probability in [0, 1]
 * @param jitter colour jitter
 * @param grayscale probability in [0, 1] of losing all colour
 * @param blur Gaussian blur
 * @param solarize inversion of bright values
 * @param normalization applied to every view last, and to images that are not augmented
 */
public record AugmentationRecipe(
        String name,
        CropRange crop,
        double horizontalFlip,
        double verticalFlip,
        JitterRange jitter,
        double grayscale,
        BlurRange blur,
        SolarizeRange solarize,
        Normalization normalization) {
    private static final JitterRange SSL_JITTER = new JitterRange(0.8, 0.8, 0.8, 0.2, 0.8);
    private static final Map<String, AugmentationRecipe> PRESETS = presets();

    public AugmentationRecipe {
        probability("horizontalFlip", horizontalFlip);
        probability("verticalFlip", verticalFlip);
        probability("grayscale", grayscale);
    }

    /** The names {@link #named} knows. */
    public static Set<String> names() {
        return PRESETS.keySet();
    }

    /**
     * A preset.
     *
     * <ul>
     *   <li>{@code simclr-normal}, {@code simclr-weak}, {@code simclr-strong}, {@code independent}: the sets of Wang et al.,
     *       "Localizing Memorization in SSL Vision Encoders", NeurIPS 2024, <a
     *       href="https://arxiv.org/abs/2409.19069">arXiv:2409.19069</a>, appendix B. Two deviations, both after the authors'
     *       code: a horizontal flip has probability ½, not 1 (a flip that always happens is none), and the blur's kernel is
     *       5, because a kernel of 4 has no centre.
     *   <li>{@code fashion-grey}: for grey pictures such as Fashion-MNIST, on which hue and saturation do nothing: crops of
     *       at least 0.3 of the area, flip, brightness and contrast, light blur.
     * </ul>
     *
     * @throws IllegalArgumentException naming the known presets
     */
    public static AugmentationRecipe named(String name) {
        AugmentationRecipe recipe = PRESETS.get(name);
        if (recipe == null) {
            throw new IllegalArgumentException(
                    "augmentation: \"%s\" is unknown; there are %s".formatted(name, String.join(", ", PRESETS.keySet())));
        }
        return recipe;
    }

    private static Map<String, AugmentationRecipe> presets() {
        Map<String, AugmentationRecipe> presets = new LinkedHashMap<>();
        for (AugmentationRecipe recipe : List.of(
                new AugmentationRecipe(
                        "simclr-normal", CropRange.STANDARD, 0.5, 0, SSL_JITTER, 0.2,
                        BlurRange.NONE, SolarizeRange.NONE, Normalization.HALF),
                new AugmentationRecipe(
                        "simclr-weak", CropRange.STANDARD, 0.5, 0, new JitterRange(0.9, 0.9, 0.9, 0.5, 0.4), 0.1,
                        BlurRange.NONE, SolarizeRange.NONE, Normalization.HALF),
                new AugmentationRecipe(
                        "simclr-strong", CropRange.STANDARD, 0.5, 1, SSL_JITTER.withProbability(0.9), 0.5,
                        BlurRange.NONE, SolarizeRange.NONE, Normalization.HALF),
                new AugmentationRecipe(
                        "independent", CropRange.STANDARD, 0, 1, JitterRange.NONE, 0,
                        new BlurRange(5, 0.1, 5, 0.8), new SolarizeRange(0, 0.2), Normalization.HALF),
                new AugmentationRecipe(
                        "fashion-grey", new CropRange(0.3, 1, 3.0 / 4, 4.0 / 3), 0.5, 0,
                        new JitterRange(0.4, 0.4, 0, 0, 0.8), 0,
                        new BlurRange(3, 0.1, 1, 0.2), SolarizeRange.NONE, Normalization.HALF))) {
            presets.put(recipe.name(), recipe);
        }
        return java.util.Collections.unmodifiableMap(presets);
    }

    static void probability(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + ": must be a probability in [0, 1], was " + value);
        }
    }
}
