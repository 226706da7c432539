package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.runs.InvalidRunException;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TrainingVocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeVocabularyTest {
    @Test
    void theVocabularyIsWhatRecipesMaySay() {
        TrainingVocabulary words = RecipeVocabulary.describe();
        assertEquals(RecipeVocabulary.NETWORKS, words.getNetworksList().stream().map(RecipeChoice::getName).toList());
        assertEquals("temperature", words.getObjectives(0).getOptions(0).getName());
        assertEquals("0.5", words.getObjectives(0).getOptions(0).getDefaultValue());
        assertEquals(
                List.of("beta1", "beta2", "eps", "final_weight_decay", "clip_norm", "clip_each", "decay_vectors", "undecayed",
                        "vector_rate", "fixed_rate"),
                words.getOptimizers(0).getOptionsList().stream().map(RecipeOption::getName).toList());
        assertEquals("in (0, 1)", words.getSchedules(2).getOptions(0).getRange());
        assertEquals(RecipeVocabulary.SCHEDULES, words.getSchedulesList().stream().map(RecipeChoice::getName).toList());
    }

    @Test
    void aRecipeIsCompletedOrRefused() {
        TrainingRecipe brief = TrainingRecipe.newBuilder().setEpochs(1).setBatchSize(20).build();
        assertEquals(
                RecipeDefaults.fill(brief, 60),
                CompleteRecipes.complete(CompleteRecipeRequest.newBuilder().setRecipe(brief).setImages(60).build()));
        assertFalse(CompleteRecipes.complete(CompleteRecipeRequest.newBuilder().setRecipe(brief).build())
                .hasResumePointSteps());
        assertThrows(
                InvalidRunException.class,
                () -> CompleteRecipes.complete(CompleteRecipeRequest.newBuilder().setRecipe(brief).setImages(19).build()));
    }
}
