package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.inputs.AugmentationRules;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TrainingRecipe;

/** The augmentation of a recipe: its own values, or those of the preset it names. */
final class RecipeAugmentation {
    private RecipeAugmentation() {}

    /** @throws IllegalArgumentException if it is neither, which the rules of recipes exclude */
    static AugmentationRecipe of(TrainingRecipe recipe) {
        if (!recipe.hasAugmentationValues()) {
            return AugmentationRecipe.named(recipe.getAugmentation());
        }
        FieldViolations violations = new FieldViolations();
        return AugmentationRules.recipe(recipe.getAugmentationValues(), "augmentation_values", violations)
                .orElseThrow(() -> new IllegalArgumentException(violations.toString()));
    }
}
