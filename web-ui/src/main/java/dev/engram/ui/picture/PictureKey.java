package dev.engram.ui.picture;

import static java.util.Objects.requireNonNull;

import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.PeripheryCrop;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which picture: an image of a data set, whole or a crop of it.
 *
 * @param dataset {@code datasets/{dataset}}
 * @param image image id
 * @param crop the part to show; the default instance for the whole image
 */
public record PictureKey(String dataset, long image, Crop crop) {

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
      case KIND_NOT_SET -> path;
    };
  }

  /**
   * Reads a picture's URL.
   *
   * @param path {@code /{dataset}/{image}.png}
   * @param corner name of a corner, or null
   * @param fraction share of each side, or null
   * @param periphery least side in pixels, empty for the default; null if it is no such crop
   * @return empty if it is no picture's URL
   */
  public static Optional<PictureKey> parse(String path, String corner, String fraction, String periphery) {
    if (path == null || !path.matches("/[a-z0-9-]{1,63}/\\d{1,18}\\.png")) {
      return Optional.empty();
    }
    String[] parts = path.substring(1, path.length() - 4).split("/");
    Crop.Builder crop = Crop.newBuilder();
    try {
      if (corner != null) {
        CornerCrop.Builder part = CornerCrop.newBuilder().setCorner(Crop.Corner.valueOf(corner));
        crop.setCorner(fraction == null ? part : part.setFraction(Double.parseDouble(fraction)));
      } else if (periphery != null) {
        PeripheryCrop.Builder part = PeripheryCrop.newBuilder();
        crop.setPeriphery(periphery.isEmpty() ? part : part.setMinSide(Integer.parseInt(periphery)));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new PictureKey("datasets/" + parts[0], Long.parseLong(parts[1]), crop.build()));
  }
}
