package dev.engram.encoders.features;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Computes the output of a network, in evaluation mode, for images as they are: whole or one rectangle of each, resized to the
 * network's side and normalized, never augmented.
 *
 * <p>Batches are cut the same way each time, so the same images in the same order give the same bits. Which images share a batch
 * changes no value by more than rounding: running statistics are used, never a batch's. Cost: one forward pass an image.
 */
public final class ImageFeatures implements AutoCloseable {
    private final StateDict state;
    private final Evaluation forward;
    private final ImageBatches batches;
    private final int side;

    /**
     * @param network of square RGB images; its output is the feature: an encoder gives the backbone's, a {@link
     *     dev.engram.encoders.network.ProjectedEncoder} the projector's
     * @param state holds at least the network's tensors; not owned, must outlive this
     * @param normalization as in training
     */
    public ImageFeatures(Network network, StateDict state, Normalization normalization) {
        this.state = state;
        this.side = Math.toIntExact(network.input().getLast());
        this.batches = new ImageBatches(normalization, side);
        this.forward = Evaluation.folded(network);
    }

    /**
     * Features of whole images.
     *
     * @param indices positions in {@code images}; row i belongs to {@code indices[i]}
     * @param embedded hears how many images each batch had; may throw to end the work
     */
    public FeatureMatrix whole(ImageSet images, int[] indices, IntConsumer embedded) {
        FeatureMatrix features = FeatureMatrix.zeros(indices.length, width());
        batches.whole(images, indices, embedded, reader(features));
        return features;
    }

    /**
     * Features of a rectangle of each image.
     *
     * @param rectangles as many as {@code indices}
     * @param embedded as in {@link #whole}
     */
    public FeatureMatrix crops(
            ImageSet images, int[] indices, List<CropRectangle> rectangles, IntConsumer embedded) {
        FeatureMatrix features = FeatureMatrix.zeros(indices.length, width());
        batches.crops(images, indices, rectangles, embedded, reader(features));
        return features;
    }

    @Override
    public void close() {
        forward.close();
        batches.close();
    }

    private ImageBatches.Reader reader(FeatureMatrix features) {
        return (scope, from, images) ->
                forward.run(scope, state, images).output().withBytes(bytes -> features.put(from, bytes));
    }

    private int width() {
        try (Scope scope = Scope.open()) {
            long[] one = {1, 3, side, side};
            return Math.toIntExact(forward.run(
                            scope, state, scope.zeros(ElementType.FLOAT32, one))
                    .output()
                    .size(1));
        }
    }
}
