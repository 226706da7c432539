package dev.engram.ui.leak;

import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Crop;

/** Crops in words. */
public final class Crops {

  private Crops() {
  }

  /** {@code lower left, 0.3 of each side}. */
  public static String words(Crop crop) {
    return switch (crop.getKindCase()) {
      case CORNER -> (crop.getCorner().getCorner() == Crop.Corner.CORNER_UNSPECIFIED ? "lower left"
          : Names.words(crop.getCorner().getCorner().name())) + ", "
          + Numbers.significant(crop.getCorner().getFraction() == 0 ? 0.3 : crop.getCorner().getFraction()) + " of each side";
      case PERIPHERY -> "beside the object";
      case KIND_NOT_SET -> "lower left, 0.3 of each side";
    };
  }
}
