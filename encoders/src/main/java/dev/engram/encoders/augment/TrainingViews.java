package dev.engram.encoders.augment;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.ViewSource;
import java.util.Arrays;
import java.util.Optional;

/** What training sees: the augmented views of the images that a split gives to an encoder, and their labels. */
public final class TrainingViews implements ViewSource {
    private final AugmentedViews views;
    private final Visits visits;

    /**
     * Each image once an epoch.
     *
     * @param views not closed by this
     * @param training indices into the image set, such as {@link dev.engram.encoders.data.Split#trainingOfF}; the source's
     *     positions are places in this list
     */
    public TrainingViews(AugmentedViews views, int[] training) {
        this(views, Visits.once(training));
    }

    /**
     * @param views not closed by this
     * @param visits the source's positions are its places
     */
    public TrainingViews(AugmentedViews views, Visits visits) {
        this.views = requireNonNull(views, "views");
        this.visits = requireNonNull(visits, "visits");
    }

    @Override
    public int size() {
        return visits.size();
    }

    @Override
    public Batch batch(Scope scope, int epoch, int[] images) {
        int[] indices = visits.images(images);
        int[] numbers = visits.numbers(images);
        long[] labels = Arrays.stream(indices).mapToLong(views.images()::label).toArray();
        int[] ids = Arrays.stream(indices).map(views.images()::id).toArray();
        return new Batch(
                views.groups(scope, indices, numbers, epoch), Optional.of(scope.longs(labels, labels.length)), ids, numbers);
    }
}
