package dev.engram.trainer.recipe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.NamedRecipe;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import dev.engram.v1.TrainingVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/training.md names everything that a recipe may say, and every preset. */
class TrainingPageTest {
    private static final Path PAGE = Path.of("../docs/training.md");

    @Test
    void everyNameOptionAndDefaultIsThere() throws IOException {
        String page = Files.readString(PAGE);
        TrainingVocabulary words = RecipeVocabulary.describe();
        for (List<RecipeChoice> choices :
                List.of(words.getObjectivesList(), words.getOptimizersList(), words.getSchedulesList())) {
            for (RecipeChoice choice : choices) {
                assertTrue(page.contains("`" + choice.getName() + "`"), choice.getName());
                choice.getOptionsList().forEach(option ->
                        assertTrue(page.contains("`" + option.getName() + "`"), choice.getName() + "." + option.getName()));
            }
        }
        for (RecipeChoice objective : words.getObjectivesList()) {
            String row = Arrays.stream(page.split("\n"))
                    .filter(line -> line.startsWith("| `" + objective.getName() + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row for " + objective.getName()));
            if (row.contains("as `msn`")) {
                continue;
            }
            for (RecipeOption option : objective.getOptionsList()) {
                String written = "`%s` %s".formatted(option.getName(), option.getDefaultValue());
                assertTrue(row.contains(written), objective.getName() + ": " + written);
            }
        }
    }

    @Test
    void everyPresetIsThere() throws IOException {
        String page = Files.readString(PAGE);
        for (NamedRecipe preset : NamedRecipes.all()) {
            assertTrue(page.contains("`" + preset.getId() + "`"), preset.getId());
        }
    }
}
