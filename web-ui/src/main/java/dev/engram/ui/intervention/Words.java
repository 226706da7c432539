package dev.engram.ui.intervention;

import dev.engram.v1.ExchangeSpec.ClassMatch;
import dev.engram.v1.LayerScope;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.UnitPool;
import java.util.List;
import java.util.Locale;

/** What the choices of interventions are called, and what each means in a line. */
final class Words {
  static final List<By> ORDERS = List.of(By.HIGHEST, By.LOWEST, By.RANDOM);
  /** The orders of a curve, and what can only be pruned at once. */
  static final List<By> PRUNED = List.of(By.HIGHEST, By.LOWEST, By.RANDOM, By.OWNED, By.RANDOM_AS_OWNED);
  static final List<UnitPool> POOLS = List.of(UnitPool.UNIT_POOL_PER_LAYER, UnitPool.UNIT_POOL_TOTAL);
  static final List<LayerScope> SCOPES = List.of(LayerScope.LAYER_SCOPE_LAYER_AND_NORM, LayerScope.LAYER_SCOPE_LAYER, LayerScope.LAYER_SCOPE_WEIGHT);
  static final List<ClassMatch> MATCHES = List.of(ClassMatch.BY_NAME, ClassMatch.BY_INDEX);
  static final List<TrainingPart> PARTS = List.of(TrainingPart.TRAINING_PART_PUBLIC, TrainingPart.TRAINING_PART_SHARED,
      TrainingPart.TRAINING_PART_CANDIDATE, TrainingPart.TRAINING_PART_INDEPENDENT, TrainingPart.TRAINING_PART_EXTERNAL);

  private Words() {
  }

  static String title(By order) {
    return switch (order) {
      case HIGHEST -> "Highest UnitMem first";
      case LOWEST -> "Lowest UnitMem first";
      case RANDOM -> "At random";
      case OWNED -> "Owned by images";
      case RANDOM_AS_OWNED -> "At random, as many as images own";
      case BY_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String meaning(By order) {
    return switch (order) {
      case HIGHEST -> "The units that one image alone drives most.";
      case LOWEST -> "The units that all images drive alike, and dead ones.";
      case RANDOM -> "What pruning costs whatever a unit memorizes: the baseline.";
      case OWNED -> "No other image drives these units more: where the memory of single images may sit.";
      case RANDOM_AS_OWNED -> "As many units of each layer that these images do not own: what theirs are to be compared with.";
      case BY_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String title(UnitPool pool) {
    return pool == UnitPool.UNIT_POOL_TOTAL ? "Of all layers together" : "Of each layer";
  }

  static String meaning(UnitPool pool) {
    return pool == UnitPool.UNIT_POOL_TOTAL ? "Some layers lose many units and others none; a layer always keeps one." : "Every layer loses the same share.";
  }

  static String title(LayerScope scope) {
    return switch (scope) {
      case LAYER_SCOPE_WEIGHT -> "The weight alone";
      case LAYER_SCOPE_LAYER -> "Weight and bias";
      case LAYER_SCOPE_LAYER_AND_NORM, LAYER_SCOPE_UNSPECIFIED, UNRECOGNIZED -> "With its normalization";
    };
  }

  static String meaning(LayerScope scope) {
    return switch (scope) {
      case LAYER_SCOPE_WEIGHT -> "As the paper's published code does.";
      case LAYER_SCOPE_LAYER -> "The normalization behind the layer stays as it is.";
      case LAYER_SCOPE_LAYER_AND_NORM, LAYER_SCOPE_UNSPECIFIED, UNRECOGNIZED ->
          "Weight and bias, and scale, shift and running statistics of the normalization behind it.";
    };
  }

  /** What a scope means where a spec leaves it open. */
  static LayerScope scope(LayerScope scope, LayerScope otherwise) {
    return SCOPES.contains(scope) ? scope : otherwise;
  }

  static String title(ClassMatch match) {
    return match == ClassMatch.BY_INDEX ? "By number" : "By name";
  }

  static String meaning(ClassMatch match) {
    return match == ClassMatch.BY_INDEX ? "The source's class 3 is the other's class 3, whatever they are called."
        : "Upper or lower case; images of classes without a counterpart are left out.";
  }

  /** {@code public}. */
  static String title(TrainingPart part) {
    return part.name().substring("TRAINING_PART_".length()).toLowerCase(Locale.ROOT);
  }
}
