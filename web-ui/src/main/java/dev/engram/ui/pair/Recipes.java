package dev.engram.ui.pair;

import dev.engram.ui.format.Numbers;
import dev.engram.v1.TrainingRecipe;

/** Recipes in words. */
final class Recipes {

  private Recipes() {
  }

  /** {@code resnet9, simclr, 30 epochs of batch 128}. */
  static String line(TrainingRecipe recipe) {
    return or(recipe.getNetwork(), "resnet9") + ", " + or(recipe.getObjective(), "simclr") + ", "
        + Numbers.count(recipe.getEpochs(), "epoch") + " of batch " + (recipe.getBatchSize() == 0 ? 128 : recipe.getBatchSize());
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
