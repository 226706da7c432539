package dev.engram.ui.picture;

import static java.util.Objects.requireNonNull;

import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.EmptyRectangleCrop;
import dev.engram.v1.GridCellCrop;
import dev.engram.v1.PeripheryCrop;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which picture: an image of a data set, whole or a crop of it.
 *
 * @param dataset {@code datasets/{dataset}}
 * @param image image id
 * @param crop the part to show; the default instance for the whole image
 */
public record PictureKey(String dataset, long image, Crop crop) {

  private static final Pattern CELL = Pattern.compile("(\\d{1,2})x(\\d{1,2})-(\\d{1,2})x(\\d{1,2})");

  public PictureKey {
    requireNonNull(dataset, "dataset");
    requireNonNull(crop, "crop");
  }

  /** Path and query of the picture below {@code picture/}. */
  public String url() {
    String path = "picture/" + dataset.substring(dataset.indexOf('/') + 1) + "/" + image + ".png";
    return switch (crop.getKindCase()) {
      case CORNER -> path + "?corner=" + crop.getCorner().getCorner().name() + "&fraction="
          + URLEncoder.encode(String.valueOf(crop.getCorner().getFraction()), StandardCharsets.UTF_8);
      case PERIPHERY -> path + "?periphery=" + (crop.getPeriphery().hasMinSide() ? crop.getPeriphery().getMinSide() : "");
      case EMPTY_RECTANGLE -> path + "?empty=" + (crop.getEmptyRectangle().hasMinSide() ? crop.getEmptyRectangle().getMinSide() : "");
      case GRID_CELL -> path + "?cell=" + crop.getGridCell().getRows() + "x" + crop.getGridCell().getColumns() + "-"
          + crop.getGridCell().getRow() + "x" + crop.getGridCell().getColumn();
      case KIND_NOT_SET -> path;
    };
  }

  /**
   * Reads a picture's URL.
   *
   * @param path {@code /{dataset}/{image}.png}
   * @param query value of a parameter, or null
   * @return empty if it is no picture's URL
   */
  public static Optional<PictureKey> parse(String path, UnaryOperator<String> query) {
    if (path == null || !path.matches("/[a-z0-9-]{1,63}/\\d{1,18}\\.png")) {
      return Optional.empty();
    }
    String[] parts = path.substring(1, path.length() - 4).split("/");
    try {
      return Optional.of(new PictureKey("datasets/" + parts[0], Long.parseLong(parts[1]), crop(query)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Crop crop(UnaryOperator<String> query) {
    Crop.Builder crop = Crop.newBuilder();
    String fraction = query.apply("fraction");
    if (query.apply("corner") != null) {
      CornerCrop.Builder part = CornerCrop.newBuilder().setCorner(Crop.Corner.valueOf(query.apply("corner")));
      crop.setCorner(fraction == null ? part : part.setFraction(Double.parseDouble(fraction)));
    } else if (query.apply("periphery") != null) {
      PeripheryCrop.Builder part = PeripheryCrop.newBuilder();
      String side = query.apply("periphery");
      crop.setPeriphery(side.isEmpty() ? part : part.setMinSide(Integer.parseInt(side)));
    } else if (query.apply("empty") != null) {
      EmptyRectangleCrop.Builder part = EmptyRectangleCrop.newBuilder();
      String side = query.apply("empty");
      crop.setEmptyRectangle(side.isEmpty() ? part : part.setMinSide(Integer.parseInt(side)));
    } else if (query.apply("cell") != null) {
      crop.setGridCell(cell(query.apply("cell")));
    }
    return crop.build();
  }

  private static GridCellCrop cell(String text) {
    Matcher numbers = CELL.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("no cell: " + text);
    }
    return GridCellCrop.newBuilder().setRows(Integer.parseInt(numbers.group(1))).setColumns(Integer.parseInt(numbers.group(2)))
        .setRow(Integer.parseInt(numbers.group(3))).setColumn(Integer.parseInt(numbers.group(4))).build();
  }
}
