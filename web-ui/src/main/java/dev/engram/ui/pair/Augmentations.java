package dev.engram.ui.pair;

import java.util.List;
import java.util.stream.Stream;

/** The augmentation recipes that have a name. */
final class Augmentations {
  static final List<String> ALL = List.of("simclr-normal", "simclr-weak", "simclr-strong", "independent", "fashion-grey", "simclr", "simclr-cifar", "simsiam",
      "simsiam-cifar", "supcon", "gaussian-noise", "byol", "barlow-twins", "vicreg", "deja-vu", "dino", "msn", "mae", "supervised", "supervised-cifar", "plain");
  static final String TRAINED = "as in training";
  static final List<String> WITH_TRAINED = Stream.concat(Stream.of(TRAINED), ALL.stream()).toList();

  private Augmentations() {
  }

  /** What a form shows for what a spec says. */
  static String choice(String id) {
    return id.isEmpty() ? TRAINED : id;
  }

  /** What a request says for a choice: nothing for the recipe of the training. */
  static String id(String choice) {
    return choice.equals(TRAINED) ? "" : choice;
  }
}
