package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.train.ViewSource;
import java.util.Arrays;

/** What training sees: two augmented views of the images that a split gives to an encoder. */
public final class TrainingViews implements ViewSource {
    private static final int VIEWS = 2;

    private final AugmentedViews views;
    private final int[] training;

    /**
     * @param views not closed by this
     * @param training indices into the image set, such as {@link dev.engram.encoders.data.Split#trainingOfF}; the source's
     *     positions are places in this list
     */
    public TrainingViews(AugmentedViews views, int[] training) {
        this.views = requireNonNull(views, "views");
        this.training = training.clone();
    }

    @Override
    public int size() {
        return training.length;
    }

    @Override
    public Tensor views(Scope scope, int epoch, int[] images) {
        int[] indices = Arrays.stream(images).map(position -> training[position]).toArray();
        return views.views(scope, indices, epoch, 0, VIEWS);
    }
}
