package dev.engram.attack.crop;

import dev.engram.encoders.augment.Corner;
import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.EmptyRectangle;
import dev.engram.encoders.augment.GridCell;
import dev.engram.encoders.augment.LeftOut;
import dev.engram.encoders.augment.PeripheryCrop;
import dev.engram.encoders.data.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The images that can be attacked and the part of each that is shown.
 *
 * @param indices positions in the image set, in the order given
 * @param rectangles what is shown of each, same length
 * @param leftOut positions of the images that have no such part, with the reason, in the order given
 */
public record CropSelection(int[] indices, List<CropRectangle> rectangles, Map<Integer, LeftOut> leftOut) {

    /** The same corner of every image. */
    public static CropSelection corner(ImageSet images, int[] indices, Corner corner, double fraction) {
        return everywhere(indices, corner.of(images.shape().height(), images.shape().width(), fraction));
    }

    /** The same cell of a grid on every image. */
    public static CropSelection cell(ImageSet images, int[] indices, GridCell cell) {
        return everywhere(indices, cell.of(images.shape().height(), images.shape().width()));
    }

    /** What is seen beside the boxes of every image that has a patch there. */
    public static CropSelection periphery(ImageSet images, int[] indices, PeripheryCrop crop) {
        return select(indices, index -> crop.seen(images, index), index -> crop.reason(images, index));
    }

    /** What is seen of the largest rectangle beside the boxes of every image that has one. */
    public static CropSelection emptyRectangle(ImageSet images, int[] indices, EmptyRectangle crop) {
        return select(indices, index -> crop.seen(images, index), index -> crop.reason(images, index));
    }

    /** How many images are attacked. */
    public int size() {
        return indices.length;
    }

    private static CropSelection everywhere(int[] indices, CropRectangle rectangle) {
        return select(indices, index -> Optional.of(rectangle), index -> LeftOut.TOO_SMALL);
    }

    private static CropSelection select(
            int[] indices, IntFunction<Optional<CropRectangle>> shown, IntFunction<LeftOut> reason) {
        List<CropRectangle> rectangles = new ArrayList<>();
        Map<Integer, LeftOut> leftOut = new LinkedHashMap<>();
        int[] attacked = new int[indices.length];
        for (int index : indices) {
            Optional<CropRectangle> rectangle = shown.apply(index);
            if (rectangle.isPresent()) {
                attacked[rectangles.size()] = index;
                rectangles.add(rectangle.get());
            } else {
                leftOut.put(index, reason.apply(index));
            }
        }
        return new CropSelection(Arrays.copyOf(attacked, rectangles.size()), rectangles, leftOut);
    }
}
