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
import dev.engram.v1.Augmentation;
import dev.engram.v1.ColorJitter;
import dev.engram.v1.GaussianBlur;
import dev.engram.v1.GaussianNoise;
import dev.engram.v1.RandomCrop;
import dev.engram.v1.Solarization;

/** From the augmentations of the engine to their messages; the way back is {@link AugmentationRules}. */
public final class AugmentationMessages {
    private AugmentationMessages() {}

    /** Every value of a recipe. */
    public static Augmentation message(AugmentationRecipe recipe) {
        Augmentation.Builder message = Augmentation.newBuilder()
                .setName(recipe.name())
                .setSource(recipe.source())
                .setNormalization(normalization(recipe.normalization()));
        recipe.groups().forEach(group -> message.addGroups(group(group)));
        return message.build();
    }

    private static dev.engram.v1.Normalization normalization(Normalization normalization) {
        return dev.engram.v1.Normalization.newBuilder()
                .addAllMean(normalization.mean())
                .addAllDeviation(normalization.deviation())
                .build();
    }

    private static dev.engram.v1.ViewGroup group(ViewGroup group) {
        dev.engram.v1.ViewGroup.Builder message = dev.engram.v1.ViewGroup.newBuilder()
                .setViews(group.views())
                .setSide(group.side())
                .setRelativeSide(group.relativeSide());
        group.recipes().forEach(recipe -> message.addRecipes(view(recipe)));
        return message.build();
    }

    private static dev.engram.v1.ViewRecipe view(ViewRecipe recipe) {
        dev.engram.v1.ViewRecipe.Builder message = dev.engram.v1.ViewRecipe.newBuilder()
                .setHorizontalFlip(recipe.horizontalFlip())
                .setVerticalFlip(recipe.verticalFlip())
                .setJitter(jitter(recipe.jitter()))
                .setGrayscale(recipe.grayscale())
                .setBlur(blur(recipe.blur()))
                .setSolarization(solarization(recipe.solarize()))
                .setNoise(noise(recipe.noise()));
        if (!recipe.crop().isWhole()) {
            message.setCrop(crop(recipe.crop()));
        }
        return message.build();
    }

    private static RandomCrop crop(CropRange crop) {
        return RandomCrop.newBuilder()
                .setMinArea(crop.minArea())
                .setMaxArea(crop.maxArea())
                .setMinAspect(crop.minAspect())
                .setMaxAspect(crop.maxAspect())
                .setInterpolation(interpolation(crop.interpolation()))
                .setPadding(crop.padding())
                .build();
    }

    private static dev.engram.v1.Interpolation interpolation(Interpolation interpolation) {
        return switch (interpolation) {
            case BILINEAR -> dev.engram.v1.Interpolation.BILINEAR;
            case BICUBIC -> dev.engram.v1.Interpolation.BICUBIC;
        };
    }

    private static ColorJitter jitter(JitterRange jitter) {
        return ColorJitter.newBuilder()
                .setProbability(jitter.probability())
                .setBrightness(jitter.brightness())
                .setContrast(jitter.contrast())
                .setSaturation(jitter.saturation())
                .setHue(jitter.hue())
                .build();
    }

    private static GaussianBlur blur(BlurRange blur) {
        return GaussianBlur.newBuilder()
                .setProbability(blur.probability())
                .setMinSigma(blur.minSigma())
                .setMaxSigma(blur.maxSigma())
                .setKernel(blur.kernel())
                .build();
    }

    private static Solarization solarization(SolarizeRange solarize) {
        return Solarization.newBuilder()
                .setProbability(solarize.probability())
                .setThreshold(solarize.threshold())
                .build();
    }

    private static GaussianNoise noise(NoiseRange noise) {
        return GaussianNoise.newBuilder()
                .setProbability(noise.probability())
                .setDeviation(noise.deviation())
                .build();
    }
}
