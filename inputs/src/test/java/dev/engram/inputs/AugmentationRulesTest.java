package dev.engram.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.CropRange;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.augment.ViewRecipe;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Augmentation;
import dev.engram.v1.ColorJitter;
import dev.engram.v1.GaussianBlur;
import dev.engram.v1.RandomCrop;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationRulesTest {
    @Test
    void everyPresetSurvivesItsMessageAndItsText() {
        for (String name : AugmentationRecipe.names()) {
            AugmentationRecipe recipe = AugmentationRecipe.named(name);
            FieldViolations violations = new FieldViolations();
            assertEquals(
                    recipe, AugmentationRules.recipe(AugmentationMessages.message(recipe), "a", violations).orElseThrow(), name);
            assertTrue(violations.isEmpty());
            assertEquals(name, recipe.toText());
            AugmentationRecipe renamed =
                    new AugmentationRecipe("mine", recipe.source(), recipe.groups(), recipe.normalization());
            assertEquals(renamed, AugmentationRecipe.parse(renamed.toText()));
        }
    }

    @Test
    void whatIsUnsetHasTheDefaultsOfTheContract() {
        Augmentation message = Augmentation.newBuilder()
                .addGroups(dev.engram.v1.ViewGroup.newBuilder()
                        .setViews(2)
                        .addRecipes(dev.engram.v1.ViewRecipe.newBuilder().setCrop(RandomCrop.getDefaultInstance())))
                .build();
        assertEquals(
                AugmentationRecipe.pair("custom", "", ViewRecipe.PLAIN.crop(CropRange.STANDARD), Normalization.HALF),
                AugmentationRules.recipe(message, "a", new FieldViolations()).orElseThrow());
        assertEquals(ViewGroup.of(2, ViewRecipe.PLAIN.crop(CropRange.STANDARD)).side(96), 96);
    }

    @Test
    void everyValueThatWillNotDoIsNamedAtOnce() {
        Augmentation message = Augmentation.newBuilder()
                .addGroups(dev.engram.v1.ViewGroup.newBuilder()
                        .setViews(0)
                        .addRecipes(dev.engram.v1.ViewRecipe.newBuilder()
                                .setHorizontalFlip(2)
                                .setCrop(RandomCrop.newBuilder().setMinArea(1.5))
                                .setJitter(ColorJitter.newBuilder().setHue(0.7))
                                .setBlur(GaussianBlur.newBuilder().setProbability(1).setKernel(4).setMinSigma(1).setMaxSigma(2))))
                .setNormalization(dev.engram.v1.Normalization.newBuilder().addMean(0.5))
                .build();
        FieldViolations violations = new FieldViolations();
        assertTrue(AugmentationRules.recipe(message, "spec", violations).isEmpty());
        assertEquals(
                List.of(
                        "spec.groups[0].recipes[0].crop", "spec.groups[0].recipes[0].jitter", "spec.groups[0].recipes[0].blur",
                        "spec.groups[0].recipes[0]", "spec.groups[0]", "spec.normalization"),
                violations.list().stream().map(violation -> violation.getField()).toList());
    }
}
