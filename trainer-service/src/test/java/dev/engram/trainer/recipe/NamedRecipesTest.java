package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import org.junit.jupiter.api.Test;

class NamedRecipesTest {
    @Test
    void namedRecipesAreValidAndComplete() {
        assertEquals(
                NamedRecipes.all().size(), NamedRecipes.all().stream().map(NamedRecipe::getId).distinct().count());
        for (NamedRecipe named : NamedRecipes.all()) {
            assertEquals("", problems(named.getRecipe().toBuilder()), named.getId());
            assertEquals(named.getRecipe(), RecipeDefaults.fill(named.getRecipe()), named.getId());
            assertFalse(named.getDescription().isBlank(), named.getId());
            FieldViolations violations = new FieldViolations();
            if (named.hasSplit()) {
                RecipeRules.checkBatch(
                        named.getRecipe(),
                        named.getSplit().getShared() + named.getSplit().getCandidate(),
                        "recipe",
                        violations);
            } else {
                assertTrue(named.getSource().contains("arXiv:"), named.getId());
            }
            assertTrue(violations.isEmpty(), named.getId() + violations);
        }
    }

    private static String problems(TrainingRecipe.Builder recipe) {
        FieldViolations violations = new FieldViolations();
        RecipeRules.check(recipe.build(), "spec.recipe", violations);
        return violations.toString();
    }
}
