package dev.engram.ui.encoder;

import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.Encoder;
import dev.engram.v1.Pair;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Encoders in words. */
public final class EncoderWords {

  private EncoderWords() {
  }

  /** How an encoder came to be: its recipe in a line, that it was imported, or what it was made of. */
  public static String origin(Encoder encoder) {
    if (!encoder.getSource().isEmpty()) {
      return "made of " + Names.id(encoder.getSource());
    }
    return encoder.getImported() ? "imported" : recipe(encoder.getSpec().getRecipe());
  }

  /** How the encoders of a pair came to be: their recipe, or which encoders they are; of one that was edited or tuned, from which. */
  public static String recipeOf(Pair pair) {
    if (pair.hasRecipe()) {
      return recipe(pair.getRecipe());
    }
    boolean changed = !pair.getCandidateSource().isEmpty() || !pair.getReferenceSource().isEmpty();
    return (changed ? "edited: " : "existing encoders: ") + "f " + made(pair.getCandidate(), pair.getCandidateSource())
        + ", g " + made(pair.getReference(), pair.getReferenceSource());
  }

  private static String made(String encoder, String source) {
    return source.isEmpty() ? "is " + Names.id(encoder) : "was made of " + Names.id(source);
  }

  /** {@code resnet9, simclr, 30 epochs of batch 128}. */
  public static String recipe(TrainingRecipe recipe) {
    return network(or(recipe.getNetwork(), "resnet9"), recipe.getNetworkOptionsMap()) + ", " + or(recipe.getObjective(), "simclr") + ", "
        + Numbers.count(recipe.getEpochs(), "epoch") + " of batch " + (recipe.getBatchSize() == 0 ? 128 : recipe.getBatchSize());
  }

  /** {@code vit_tiny (patch 4)}. */
  public static String network(String name, Map<String, String> options) {
    String words = options(options).entrySet().stream().map(option -> option.getKey() + " " + option.getValue()).collect(Collectors.joining(", "));
    return words.isEmpty() ? name : name + " (" + words + ")";
  }

  /** Options of a network by name, in words; that an encoder has no classes goes without saying. */
  static Map<String, String> options(Map<String, String> options) {
    Map<String, String> words = new LinkedHashMap<>();
    new TreeMap<>(options).forEach((name, value) -> {
      if (!(name.equals("classes") && value.equals("0"))) {
        words.put(name.replace('_', ' '), value);
      }
    });
    return words;
  }

  /** Which images it was trained on: {@code shared and candidate images}. */
  public static String images(TrainEncoderSpec spec) {
    if (spec.getPartsCount() > 0) {
      return spec.getPartsList().stream().map(EncoderWords::part).collect(Collectors.joining(", ")) + " images";
    }
    return switch (spec.getSide()) {
      case CANDIDATE -> "shared and candidate images: a candidate f";
      case REFERENCE -> "shared and independent images: a reference g";
      case SIDE_UNSPECIFIED, UNRECOGNIZED -> "all images";
    };
  }

  /** Where a file of weights came from. */
  public static String source(CheckpointSource source) {
    return switch (source.getSourceCase()) {
      case UPLOAD -> "an uploaded file";
      case OBJECT -> source.getObject();
      case PATH -> source.getPath();
      case SOURCE_NOT_SET -> "";
    };
  }

  static String part(TrainingPart part) {
    return part.name().toLowerCase(java.util.Locale.ROOT).replace("training_part_", "");
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
