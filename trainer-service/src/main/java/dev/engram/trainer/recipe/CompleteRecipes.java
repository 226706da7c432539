package dev.engram.trainer.recipe;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.TrainingRecipe;

/** Answers what a recipe would mean. */
public final class CompleteRecipes {
    private CompleteRecipes() {}

    /**
     * The recipe with every default filled in.
     *
     * @throws InvalidRunException with every field that is wrong
     */
    public static TrainingRecipe complete(CompleteRecipeRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(request.getImages() >= 0, "images", "must be at least 0, is " + request.getImages());
        RecipeRules.check(request.getRecipe(), "recipe", violations);
        if (request.getImages() > 0) {
            RecipeRules.checkBatch(request.getRecipe(), request.getImages(), "recipe", violations);
        }
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return request.getImages() == 0
                ? RecipeDefaults.fill(request.getRecipe())
                : RecipeDefaults.fill(request.getRecipe(), request.getImages());
    }
}
