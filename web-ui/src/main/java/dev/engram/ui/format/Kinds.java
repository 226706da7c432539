package dev.engram.ui.format;

import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;

/** The kinds of runs: what they are called and what one is about. */
public final class Kinds {

  private Kinds() {
  }

  /** Name for people. */
  public static String title(RunSpec.TaskCase kind) {
    return switch (kind) {
      case REGISTER_DATASET -> "Data set";
      case CREATE_SPLIT -> "Split";
      case TRAIN_ENCODER -> "Training";
      case PROBE -> "Probe";
      case LAYER_MEM -> "LayerMem";
      case CKA -> "Similarity";
      case CLASS_MEM -> "ClassMem";
      case UNIT_MEM -> "UnitMem";
      case DEJA_VU -> "Déjà vu";
      case IMPORT_ENCODER -> "Import";
      case TASK_NOT_SET -> "Unknown";
    };
  }

  /** Name in filters, e.g. {@code train_encoder}. */
  public static String filter(RunSpec.TaskCase kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What this run is about, in a few words. */
  public static String subject(RunSpec spec) {
    return switch (spec.getTaskCase()) {
      case REGISTER_DATASET -> spec.getRegisterDataset().getDisplayName();
      case CREATE_SPLIT -> "of " + Names.id(spec.getCreateSplit().getDataset());
      case TRAIN_ENCODER -> training(spec.getTrainEncoder());
      case PROBE -> "of " + Names.id(spec.getProbe().getPair().isEmpty() ? spec.getProbe().getEncoder() : spec.getProbe().getPair());
      case LAYER_MEM -> "of " + Names.id(spec.getLayerMem().getPair());
      case UNIT_MEM -> "of " + Names.id(spec.getUnitMem().getPair()) + side(spec.getUnitMem().getReference());
      case CLASS_MEM -> "of " + Names.id(spec.getClassMem().getPair()) + side(spec.getClassMem().getReference());
      case DEJA_VU -> "against " + Names.id(spec.getDejaVu().getPair());
      case CKA -> Names.id(spec.getCka().getFirst()) + " and " + Names.id(spec.getCka().getSecond());
      case IMPORT_ENCODER -> spec.getImportEncoder().getNetwork().isEmpty() ? "of the nearest network" : spec.getImportEncoder().getNetwork();
      case TASK_NOT_SET -> "";
    };
  }

  /** The pair a run belongs to, as {@code pairs/{pair}}; empty if none. */
  public static String pair(RunSpec spec) {
    return switch (spec.getTaskCase()) {
      case TRAIN_ENCODER -> spec.getTrainEncoder().getPair();
      case PROBE -> spec.getProbe().getPair();
      case LAYER_MEM -> spec.getLayerMem().getPair();
      case UNIT_MEM -> spec.getUnitMem().getPair();
      case CLASS_MEM -> spec.getClassMem().getPair();
      case DEJA_VU -> spec.getDejaVu().getPair();
      case REGISTER_DATASET, CREATE_SPLIT, IMPORT_ENCODER, CKA, TASK_NOT_SET -> "";
    };
  }

  private static String side(boolean reference) {
    return reference ? ", reference g" : ", candidate f";
  }

  private static String training(TrainEncoderSpec spec) {
    String side = switch (spec.getSide()) {
      case CANDIDATE -> "candidate f";
      case REFERENCE -> "reference g";
      case SIDE_UNSPECIFIED, UNRECOGNIZED -> "encoder";
    };
    return side + ", " + (spec.getRecipe().getNetwork().isEmpty() ? "resnet9" : spec.getRecipe().getNetwork());
  }
}
