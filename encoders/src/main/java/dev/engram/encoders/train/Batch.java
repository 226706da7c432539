package dev.engram.encoders.train;

import dev.engram.encoders.engine.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What one step of training sees of N images. The scope that it was asked for with owns the tensors.
 *
 * @param views groups of views of equal size, each FLOAT32 {@code [k·N, C, H, W]}, normalized, view-major: one view of every
 *     image, then the next. Group 0 holds the global views, group 1 the local ones of multi-crop
 * @param labels INT64 {@code [N]}, where the images have them
 * @param ids of the N images in their data set: what is drawn for an image, such as a mask, is a function of its id and visit
 * @param visits which visit of its image in the epoch each is, from 0
 */
public record Batch(List<Tensor> views, Optional<Tensor> labels, int[] ids, int[] visits) {
    public Batch {
        views = List.copyOf(views);
    }

    /** The first visit of each image. */
    public Batch(List<Tensor> views, Optional<Tensor> labels, int[] ids) {
        this(views, labels, ids, new int[ids.length]);
    }

    /** Views of one group, without labels. */
    public static Batch of(Tensor views, int[] ids) {
        return new Batch(List.of(views), Optional.empty(), ids);
    }

    /** Number of images, N. */
    public int images() {
        return ids.length;
    }
}
