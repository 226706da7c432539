package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.network.Networks;
import java.util.List;

/** The names a recipe may use; the first of each list is the default. */
public final class RecipeVocabulary {
    public static final List<String> NETWORKS = Networks.names();
    public static final List<String> OBJECTIVES = List.of("simclr");
    public static final List<String> OPTIMIZERS = List.of("adam", "lars");
    public static final List<String> AUGMENTATIONS = List.copyOf(AugmentationRecipe.names());

    private RecipeVocabulary() {}
}
