package dev.engram.attack.crop;

import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The images that can be attacked and the part of each that is shown.
 *
 * @param indices positions in the image set, in the order given
 * @param rectangles what is shown of each, same length
 * @param leftOut how many images have no such part
 */
public record CropSelection(int[] indices, List<CropRectangle> rectangles, int leftOut) {

    /** The same corner of every image. */
    public static CropSelection corner(ImageSet images, int[] indices, Corner corner, double fraction) {
        CropRectangle rectangle = corner.of(images.shape().height(), images.shape().width(), fraction);
        return select(indices, index -> Optional.of(rectangle));
    }

    /** What is seen beside the boxes of every image that has a patch there. */
    public static CropSelection periphery(ImageSet images, int[] indices, PeripheryCrop crop) {
        return select(indices, index -> crop.seen(images, index));
    }

    /** How many images are attacked. */
    public int size() {
        return indices.length;
    }

    private static CropSelection select(int[] indices, IntFunction<Optional<CropRectangle>> shown) {
        List<CropRectangle> rectangles = new ArrayList<>();
        int[] attacked = new int[indices.length];
        for (int index : indices) {
            Optional<CropRectangle> rectangle = shown.apply(index);
            if (rectangle.isPresent()) {
                attacked[rectangles.size()] = index;
                rectangles.add(rectangle.get());
            }
        }
        return new CropSelection(
                Arrays.copyOf(attacked, rectangles.size()), rectangles, indices.length - rectangles.size());
    }
}
