package dev.engram.ui.sweep;

import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What the sweeps of the déjà vu paper and its code vary, with their values; those that depend on a training are scaled to it. */
enum SweepPreset {
  EPOCHS("Epochs", "epochs", "Published: 50 to 1000 of 1000 epochs; here as shares of the pair's. Each point is a training of its own, with its own learning-rate schedule.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return shares(recipe.getEpochs(), 0.05, 0.1, 0.25, 0.5, 0.75, 1);
    }
  },
  TRAINING_IMAGES("Size of the training data", "training_images", "Published: 100 to 500 images a class; here from the pair's candidates alone to all it was trained on. "
      + "Only images of both encoders differ: who is attacked and who votes stays the same.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return DoubleStream.of(0.2, 0.4, 0.6, 0.8, 1).mapToLong(share -> split.getCandidate() + Math.round(share * split.getShared())).distinct()
          .mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }
  },
  PER_CLASS("Training images of a class", "per_class", "Published: 100 to 500; here as shares of the split's. All sizes have the public set of the largest.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return shares(split.getPartition().getPerClass(), 0.2, 0.4, 0.6, 0.8, 1);
    }
  },
  TEMPERATURE("Temperature τ", "objective_options.temperature", "Published for SimCLR.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return "0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.25, 0.3, 0.5, 0.99";
    }
  },
  INVARIANCE("VICReg's λ", "objective_options.invariance", "Published for VICReg: the weight of the distance between both views.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return "10, 25, 50, 65, 80, 100";
    }
  },
  PROJECTOR("Projector width", "projector", "The pair's projector at a quarter, half, all and twice its width.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return DoubleStream.of(0.25, 0.5, 1, 2).mapToObj(factor -> recipe.getProjectorList().stream()
          .map(width -> String.valueOf(Math.max(1, Math.round(factor * width)))).collect(Collectors.joining("-"))).distinct().collect(Collectors.joining(", "));
    }
  },
  CROP("Size of the crop", "", "Published: 0.2 to 0.5 of each side of the lower left corner. One training, attacked from all of them.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return "";
    }
  },
  OTHER("Something else of the recipe", "learning_rate", "Any value of the recipe by its path, as in optimizer_options.momentum.") {
    @Override
    String values(TrainingRecipe recipe, CreateSplitSpec split) {
      return DoubleStream.of(0.25, 0.5, 1, 2).mapToObj(factor -> String.valueOf(factor * recipe.getLearningRate())).collect(Collectors.joining(", "));
    }
  };

  /** Sizes of a corner that the published sweep has. */
  static final String FRACTIONS = "0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5";

  private final String title;
  private final String field;
  private final String explanation;

  SweepPreset(String title, String field, String explanation) {
    this.title = title;
    this.field = field;
    this.explanation = explanation;
  }

  /** Values with commas between, for pairs trained like this on a split like this. */
  abstract String values(TrainingRecipe recipe, CreateSplitSpec split);

  String title() {
    return title;
  }

  /** The axis; empty for none. */
  String field() {
    return field;
  }

  String explanation() {
    return explanation;
  }

  /** Presets that make sense for this recipe and split. */
  static List<SweepPreset> of(TrainingRecipe recipe, CreateSplitSpec split) {
    return Arrays.stream(values()).filter(preset -> switch (preset) {
      case TRAINING_IMAGES -> split.getMakerCase() == CreateSplitSpec.MakerCase.MAKER_NOT_SET && split.getShared() > 0;
      case PER_CLASS -> split.hasPartition();
      case TEMPERATURE -> recipe.getObjectiveOptionsMap().containsKey("temperature") || recipe.hasTemperature();
      case INVARIANCE -> recipe.getObjectiveOptionsMap().containsKey("invariance");
      case PROJECTOR -> recipe.getProjectorCount() > 0;
      case EPOCHS, CROP, OTHER -> true;
    }).toList();
  }

  private static String shares(int whole, double... shares) {
    return DoubleStream.of(shares).mapToLong(share -> Math.max(1, Math.round(share * whole))).distinct().mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
