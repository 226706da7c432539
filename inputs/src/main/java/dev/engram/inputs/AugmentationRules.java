package dev.engram.inputs;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.BlurRange;
import dev.engram.encoders.augment.CropRange;
import dev.engram.encoders.augment.JitterRange;
import dev.engram.encoders.augment.NoiseRange;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.SolarizeRange;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.augment.ViewRecipe;
import dev.engram.encoders.image.Interpolation;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ColorJitter;
import dev.engram.v1.GaussianBlur;
import dev.engram.v1.RandomCrop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From an augmentation as a person sent it to that of the engine, naming every value that will not do. */
public final class AugmentationRules {
    private final FieldViolations violations;

    private AugmentationRules(FieldViolations violations) {
        this.violations = violations;
    }

    /**
     * The engine's recipe; unset parts get the defaults of the contract.
     *
     * @param field path of the message in its request, e.g. {@code spec.recipe.augmentation}
     * @param violations receives every problem
     * @return empty if there was a problem
     */
    public static Optional<AugmentationRecipe> recipe(Augmentation message, String field, FieldViolations violations) {
        FieldViolations own = new FieldViolations();
        AugmentationRules rules = new AugmentationRules(own);
        List<ViewGroup> groups = new ArrayList<>();
        for (int i = 0; i < message.getGroupsCount(); i++) {
            rules.group(message.getGroups(i), "%s.groups[%d]".formatted(field, i)).ifPresent(groups::add);
        }
        Optional<Normalization> normalization = rules.normalization(message, field + ".normalization");
        Optional<AugmentationRecipe> recipe = own.isEmpty()
                ? rules.make(field, () -> new AugmentationRecipe(
                        message.getName().isBlank() ? "custom" : message.getName(), message.getSource(), groups, normalization.orElseThrow()))
                : Optional.empty();
        own.list().forEach(violation -> violations.add(violation.getField(), violation.getDescription()));
        return recipe;
    }

    private Optional<Normalization> normalization(Augmentation message, String field) {
        if (!message.hasNormalization()) {
            return Optional.of(Normalization.HALF);
        }
        return make(field, () -> new Normalization(
                message.getNormalization().getMeanList(), message.getNormalization().getDeviationList()));
    }

    private Optional<ViewGroup> group(dev.engram.v1.ViewGroup message, String field) {
        List<ViewRecipe> recipes = new ArrayList<>();
        for (int i = 0; i < message.getRecipesCount(); i++) {
            recipes.add(view(message.getRecipes(i), "%s.recipes[%d]".formatted(field, i)));
        }
        double relative = message.getRelativeSide() == 0 ? 1 : message.getRelativeSide();
        return make(field, () -> new ViewGroup(message.getViews(), message.getSide(), relative, recipes));
    }

    /** Parts that will not do are reported and left out. */
    private ViewRecipe view(dev.engram.v1.ViewRecipe message, String field) {
        ViewRecipe recipe = ViewRecipe.PLAIN;
        if (message.hasCrop()) {
            recipe = recipe.crop(make(field + ".crop", () -> crop(message.getCrop())).orElse(recipe.crop()));
        }
        if (message.hasJitter()) {
            recipe = recipe.jitter(make(field + ".jitter", () -> jitter(message.getJitter())).orElse(recipe.jitter()));
        }
        if (message.hasBlur() && message.getBlur().getProbability() != 0) {
            recipe = recipe.blur(make(field + ".blur", () -> blur(message.getBlur())).orElse(recipe.blur()));
        }
        if (message.hasSolarization()) {
            recipe = recipe.solarize(make(
                            field + ".solarization",
                            () -> new SolarizeRange(
                                    message.getSolarization().getThreshold(), message.getSolarization().getProbability()))
                    .orElse(recipe.solarize()));
        }
        if (message.hasNoise()) {
            recipe = recipe.noise(make(
                            field + ".noise",
                            () -> new NoiseRange(message.getNoise().getDeviation(), message.getNoise().getProbability()))
                    .orElse(recipe.noise()));
        }
        ViewRecipe colored = recipe;
        return make(field, () -> colored.flips(message.getHorizontalFlip(), message.getVerticalFlip())
                        .grayscale(message.getGrayscale()))
                .orElse(recipe);
    }

    private static CropRange crop(RandomCrop crop) {
        return new CropRange(
                or(crop.getMinArea(), CropRange.STANDARD.minArea()),
                or(crop.getMaxArea(), CropRange.STANDARD.maxArea()),
                or(crop.getMinAspect(), CropRange.STANDARD.minAspect()),
                or(crop.getMaxAspect(), CropRange.STANDARD.maxAspect()),
                switch (crop.getInterpolation()) {
                    case BICUBIC -> Interpolation.BICUBIC;
                    case BILINEAR, INTERPOLATION_UNSPECIFIED, UNRECOGNIZED -> Interpolation.BILINEAR;
                },
                crop.getPadding());
    }

    private static JitterRange jitter(ColorJitter jitter) {
        return new JitterRange(
                jitter.getBrightness(), jitter.getContrast(), jitter.getSaturation(), jitter.getHue(), jitter.getProbability());
    }

    private static BlurRange blur(GaussianBlur blur) {
        return new BlurRange(blur.getKernel(), blur.getMinSigma(), blur.getMaxSigma(), blur.getProbability());
    }

    private static double or(double value, double unset) {
        return value == 0 ? unset : value;
    }

    private <T> Optional<T> make(String field, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            violations.add(field, e.getMessage());
            return Optional.empty();
        }
    }
}
