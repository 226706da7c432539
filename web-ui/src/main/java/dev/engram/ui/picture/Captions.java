package dev.engram.ui.picture;

import dev.engram.v1.Crop;
import dev.engram.v1.Dataset;
import dev.engram.v1.ImagePicture;
import java.util.Map;

/**
 * What is said of the images of a data set.
 *
 * @param dataset where they are from
 * @param pictures those that were fetched, by image id
 */
public record Captions(Dataset dataset, Map<Long, ImagePicture> pictures) {

  /** Name of an image's class; empty if the image is unknown. */
  public String label(long image) {
    ImagePicture picture = pictures.get(image);
    return picture == null ? "" : className(picture.getLabel());
  }

  /** Name of a class, or its number if it has none. */
  public String className(int label) {
    return label >= 0 && label < dataset.getSummary().getClassNamesCount()
        ? dataset.getSummary().getClassNames(label) : "class " + label;
  }

  /** Where the whole image is. */
  public String url(long image) {
    return new PictureKey(dataset.getName(), image, Crop.getDefaultInstance()).url();
  }

  /** Where a crop of the image is. */
  public String url(long image, Crop crop) {
    return new PictureKey(dataset.getName(), image, crop).url();
  }
}
