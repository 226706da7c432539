package dev.engram.metrics.measure;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.BlurRange;
import dev.engram.encoders.augment.JitterRange;
import dev.engram.encoders.augment.NoiseRange;
import dev.engram.encoders.augment.SolarizeRange;
import dev.engram.encoders.augment.ViewRecipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation of an augmentation, by itself.
 *
 * @param name {@code crop}, {@code hue} …
 * @param recipe does it to every image, with strengths drawn as in the augmentation, and nothing else
 */
public record AugmentationOperation(String name, ViewRecipe recipe) {
    /** The whole augmentation, with its probabilities. */
    public static final String ALL = "all";

    private static final List<String> ORDER = List.of(
            "crop", "horizontal_flip", "vertical_flip", "brightness", "contrast", "saturation", "hue", "grayscale", "blur", "solarize", "noise");

    public AugmentationOperation {
        requireNonNull(name, "name");
        requireNonNull(recipe, "recipe");
    }

    /**
     * The operations that may happen to a view, in the order in which they would, then {@link #ALL}. Where views differ in a strength, the first that
     * has the operation counts; all is what makes the first view.
     */
    public static List<AugmentationOperation> of(AugmentationRecipe augmentation) {
        Map<String, ViewRecipe> alone = new LinkedHashMap<>();
        List<ViewRecipe> recipes = augmentation.groups().stream().flatMap(group -> group.recipes().stream()).toList();
        recipes.forEach(recipe -> alone(recipe).forEach(alone::putIfAbsent));
        List<AugmentationOperation> operations = new ArrayList<>();
        ORDER.stream().filter(alone::containsKey).forEach(name -> operations.add(new AugmentationOperation(name, alone.get(name))));
        operations.add(new AugmentationOperation(ALL, recipes.getFirst()));
        return List.copyOf(operations);
    }

    private static Map<String, ViewRecipe> alone(ViewRecipe recipe) {
        ViewRecipe plain = ViewRecipe.PLAIN;
        Map<String, ViewRecipe> alone = new LinkedHashMap<>();
        if (!recipe.crop().isWhole()) {
            alone.put("crop", plain.crop(recipe.crop()));
        }
        if (recipe.horizontalFlip() > 0) {
            alone.put("horizontal_flip", plain.flips(1, 0));
        }
        if (recipe.verticalFlip() > 0) {
            alone.put("vertical_flip", plain.flips(0, 1));
        }
        jitter(recipe.jitter(), alone);
        if (recipe.grayscale() > 0) {
            alone.put("grayscale", plain.grayscale(1));
        }
        BlurRange blur = recipe.blur();
        if (blur.probability() > 0) {
            alone.put("blur", plain.blur(new BlurRange(blur.kernel(), blur.minSigma(), blur.maxSigma(), 1)));
        }
        if (recipe.solarize().probability() > 0) {
            alone.put("solarize", plain.solarize(new SolarizeRange(recipe.solarize().threshold(), 1)));
        }
        if (recipe.noise().probability() > 0) {
            alone.put("noise", plain.noise(new NoiseRange(recipe.noise().deviation(), 1)));
        }
        return alone;
    }

    private static void jitter(JitterRange jitter, Map<String, ViewRecipe> alone) {
        if (jitter.probability() == 0) {
            return;
        }
        Map<String, JitterRange> parts = new LinkedHashMap<>();
        parts.put("brightness", new JitterRange(jitter.brightness(), 0, 0, 0, 1));
        parts.put("contrast", new JitterRange(0, jitter.contrast(), 0, 0, 1));
        parts.put("saturation", new JitterRange(0, 0, jitter.saturation(), 0, 1));
        parts.put("hue", new JitterRange(0, 0, 0, jitter.hue(), 1));
        parts.forEach((name, part) -> {
            if (part.brightness() + part.contrast() + part.saturation() + part.hue() > 0) {
                alone.put(name, ViewRecipe.PLAIN.jitter(part));
            }
        });
    }
}
