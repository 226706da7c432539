package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Augmented views of the images of one set, ready for an encoder. Which view of an image is which depends on (seed, purpose,
 * epoch, image id, visit, view) alone, so two encoders that share the seed see the same views, in batches of any size and order.
 * Thread-safe.
 */
public final class AugmentedViews implements AutoCloseable {
    private final ImageSet images;
    private final AugmentationRecipe recipe;
    private final List<ViewSampler> samplers = new ArrayList<>();
    private final List<ViewMaker> makers = new ArrayList<>();

    /**
     * @param images of three channels
     * @param side height and width of the encoder's input
     * @param seed the run's seed
     * @param purpose e.g. {@code train} or {@code measure}
     */
    public AugmentedViews(ImageSet images, AugmentationRecipe recipe, int side, long seed, String purpose) {
        if (images.shape().channels() != 3) {
            throw new IllegalArgumentException(
                    "images: views need 3 channels, %s has %s; see EncoderInput".formatted(images.name(), images.shape()));
        }
        this.images = requireNonNull(images, "images");
        this.recipe = requireNonNull(recipe, "recipe");
        Map<Integer, ViewMaker> bySide = new HashMap<>();
        for (ViewGroup group : recipe.groups()) {
            samplers.add(new ViewSampler(group, group.side(side), seed, purpose));
            makers.add(bySide.computeIfAbsent(group.side(side), at -> ViewMaker.of(recipe.normalization(), at)));
        }
    }

    /**
     * Views {@code firstView} … {@code firstView + count - 1} of each image, made as those of the recipe's first group; any number
     * may be asked for.
     *
     * @param indices positions in the image set
     * @return floats [count·n, 3, side, side], normalized: first one view of every image, then the next
     */
    public Tensor views(Scope scope, int[] indices, int epoch, int firstView, int count) {
        try (Scope inputs = Scope.open()) {
            return make(
                    scope, gather(inputs, indices), indices, new int[indices.length], epoch, 0, firstView, firstView, count);
        }
    }

    /** All views of the first visit of each image. */
    public List<Tensor> groups(Scope scope, int[] indices, int epoch) {
        return groups(scope, indices, new int[indices.length], epoch);
    }

    /**
     * All views of each image, group by group.
     *
     * @param indices positions in the image set
     * @param visits which visit of its image in this epoch each is, from 0: every visit has views of its own
     * @return for each group of the recipe floats [views·n, 3, side, side], normalized: first one view of every image, then the next
     */
    public List<Tensor> groups(Scope scope, int[] indices, int[] visits, int epoch) {
        List<Tensor> groups = new ArrayList<>();
        try (Scope inputs = Scope.open()) {
            Tensor pixels = gather(inputs, indices);
            int first = 0;
            for (int g = 0; g < makers.size(); g++) {
                int count = recipe.groups().get(g).views();
                groups.add(make(scope, pixels, indices, visits, epoch, g, first, 0, count));
                first += count;
            }
        }
        return groups;
    }

    /** The set the views are of. */
    public ImageSet images() {
        return images;
    }

    /** How they are made. */
    public AugmentationRecipe recipe() {
        return recipe;
    }

    private Tensor gather(Scope scope, int[] indices) {
        ImageShape shape = images.shape();
        Tensor pixels = scope.zeros(ElementType.UINT8, indices.length, shape.channels(), shape.height(), shape.width());
        pixels.fill(memory -> images.gather(indices, memory));
        return pixels;
    }

    private Tensor make(
            Scope scope,
            Tensor pixels,
            int[] indices,
            int[] visits,
            int epoch,
            int group,
            int firstView,
            int firstPlace,
            int count) {
        ImageShape shape = images.shape();
        int n = indices.length;
        int[] imageOfView = new int[n * count];
        List<ViewParameters> parameters = new ArrayList<>(imageOfView.length);
        for (int view = 0; view < count; view++) {
            for (int i = 0; i < n; i++) {
                imageOfView[view * n + i] = i;
                int draw = visits[i] * Visits.DRAWS + firstView + view;
                parameters.add(samplers.get(group).draw(
                        epoch, images.id(indices[i]), draw, firstPlace + view, shape.height(), shape.width()));
            }
        }
        return makers.get(group).apply(scope, pixels, imageOfView, parameters);
    }

    @Override
    public void close() {
        makers.forEach(ViewMaker::close);
    }
}
