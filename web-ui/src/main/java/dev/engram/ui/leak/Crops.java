package dev.engram.ui.leak;

import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.EmptyRectangleCrop;
import dev.engram.v1.PeripheryCrop;
import java.util.List;
import java.util.Map;

/** Crops in words. */
public final class Crops {

  private static final Map<String, Crop.Corner> CORNERS = Map.of("lower left", Crop.Corner.LOWER_LEFT, "lower right", Crop.Corner.LOWER_RIGHT,
      "upper left", Crop.Corner.UPPER_LEFT, "upper right", Crop.Corner.UPPER_RIGHT);
  /** The patch the published attack takes. */
  public static final String BESIDE = "beside the object";
  /** The largest rectangle that touches no box. */
  public static final String LARGEST = "largest rectangle beside it";
  /** What a person chooses from: the corners, and what depends on boxes. */
  public static final List<String> NAMES = List.of("lower left", "lower right", "upper left", "upper right", BESIDE, LARGEST);

  private Crops() {
  }

  /**
   * The crop of this name.
   *
   * @param name one of {@link #NAMES}
   * @param fraction of a corner, share of each side
   */
  public static Crop named(String name, double fraction) {
    return switch (name) {
      case BESIDE -> Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build();
      case LARGEST -> Crop.newBuilder().setEmptyRectangle(EmptyRectangleCrop.getDefaultInstance()).build();
      default -> Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(CORNERS.get(name)).setFraction(fraction)).build();
    };
  }

  /**
   * The crops of this name: a corner in every size, the usual one if there is none, anything else once.
   *
   * @param sizes shares of each side as they are typed; what is no number becomes one that the service refuses
   */
  public static List<Crop> named(String name, List<String> sizes) {
    return (sizes.isEmpty() ? List.of("0") : sizes).stream().map(size -> named(name, share(size))).distinct().toList();
  }

  /** The crop, with the pixels that the shorter side of a patch must exceed; a corner has none. Null leaves the usual ones. */
  static Crop over(Crop crop, Integer side) {
    if (side == null || crop.hasCorner()) {
      return crop;
    }
    return crop.hasPeriphery() ? Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(side)).build()
        : Crop.newBuilder().setEmptyRectangle(EmptyRectangleCrop.newBuilder().setMinSide(side)).build();
  }

  /** The pixels that the shorter side of a patch must exceed; null for the usual ones and of a corner. */
  static Integer minSide(Crop crop) {
    if (crop.hasPeriphery()) {
      return crop.getPeriphery().hasMinSide() ? crop.getPeriphery().getMinSide() : null;
    }
    return crop.getEmptyRectangle().hasMinSide() ? crop.getEmptyRectangle().getMinSide() : null;
  }

  /**
   * The name of a crop, whatever its size; of none the usual one.
   *
   * @throws IllegalArgumentException for a cell of a grid, which has none
   */
  static String name(Crop crop) {
    return switch (crop.getKindCase()) {
      case CORNER -> crop.getCorner().getCorner() == Crop.Corner.CORNER_UNSPECIFIED ? "lower left" : Names.words(crop.getCorner().getCorner().name());
      case PERIPHERY -> BESIDE;
      case EMPTY_RECTANGLE -> LARGEST;
      case KIND_NOT_SET -> "lower left";
      case GRID_CELL -> throw new IllegalArgumentException("is no choice of a form: " + words(crop));
    };
  }

  private static double share(String size) {
    try {
      return Double.parseDouble(size);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** {@code lower left}, whatever its size; other crops as {@link #words}. */
  public static String kind(Crop crop) {
    return crop.hasCorner() ? Names.words(crop.getCorner().getCorner().name()) : words(crop);
  }

  /** {@code lower left, 0.3 of each side}. */
  public static String words(Crop crop) {
    return switch (crop.getKindCase()) {
      case CORNER -> (crop.getCorner().getCorner() == Crop.Corner.CORNER_UNSPECIFIED ? "lower left"
          : Names.words(crop.getCorner().getCorner().name())) + ", "
          + Numbers.significant(crop.getCorner().getFraction() == 0 ? 0.3 : crop.getCorner().getFraction()) + " of each side";
      case PERIPHERY -> "beside the object";
      case EMPTY_RECTANGLE -> "largest rectangle beside the object";
      case GRID_CELL -> "row " + (crop.getGridCell().getRow() + 1) + ", column " + (crop.getGridCell().getColumn() + 1) + " of a grid of "
          + crop.getGridCell().getRows() + " × " + crop.getGridCell().getColumns();
      case KIND_NOT_SET -> "lower left, 0.3 of each side";
    };
  }
}
