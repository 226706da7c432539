package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Augmented views of the images of one set, ready for an encoder. Which view of an image is which depends on (seed, purpose,
 * epoch, image id, view) alone, so two encoders that share the seed see the same views, in batches of any size and order.
 * Thread-safe.
 */
public final class AugmentedViews implements AutoCloseable {
    private final ImageSet images;
    private final ViewSampler sampler;
    private final ViewProgram program;

    /**
     * @param images of three channels
     * @param side height and width of the views
     * @param seed the run's seed
     * @param purpose e.g. {@code train} or {@code measure}
     */
    public AugmentedViews(ImageSet images, AugmentationRecipe recipe, int side, long seed, String purpose) {
        if (images.shape().channels() != 3) {
            throw new IllegalArgumentException(
                    "images: views need 3 channels, %s has %s; see EncoderInput".formatted(images.name(), images.shape()));
        }
        this.images = requireNonNull(images, "images");
        this.sampler = new ViewSampler(recipe, seed, purpose);
        this.program = new ViewProgram(recipe, side);
    }

    /**
     * Views {@code firstView} … {@code firstView + count - 1} of each image.
     *
     * @param indices positions in the image set
     * @return floats [count·n, 3, side, side], normalized: first one view of every image, then the next
     */
    public Tensor views(Scope scope, int[] indices, int epoch, int firstView, int count) {
        ImageShape shape = images.shape();
        int n = indices.length;
        int[] repeated = new int[n * count];
        List<ViewParameters> parameters = new ArrayList<>(repeated.length);
        for (int view = 0; view < count; view++) {
            System.arraycopy(indices, 0, repeated, view * n, n);
            for (int index : indices) {
                parameters.add(
                        sampler.draw(epoch, images.id(index), firstView + view, shape.height(), shape.width()));
            }
        }
        return program.apply(scope, images.gather(repeated), shape.height(), shape.width(), parameters);
    }

    /** The set the views are of. */
    public ImageSet images() {
        return images;
    }

    @Override
    public void close() {
        program.close();
    }
}
