package dev.engram.ui.pair;

import java.util.List;

/** The augmentation recipes that have a name. */
final class Augmentations {
  static final List<String> ALL = List.of("simclr-normal", "simclr-weak", "simclr-strong", "fashion-grey");
  static final String TRAINED = "as in training";
  static final List<String> WITH_TRAINED = List.of(TRAINED, "simclr-normal", "simclr-weak", "simclr-strong", "fashion-grey");

  private Augmentations() {
  }

  /** What a request says for a choice: nothing for the recipe of the training. */
  static String id(String choice) {
    return choice.equals(TRAINED) ? "" : choice;
  }
}
