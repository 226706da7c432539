package dev.engram.encoders.train;

import dev.engram.encoders.engine.Scope;

/** Gives the augmented views that training sees. */
public interface ViewSource {
    /** Number of images. */
    int size();

    /**
     * The views of these images, and their labels if there are any. The result must be a function of the arguments alone (of the
     * images, not of their place in the batch), so that training resumes exactly.
     *
     * @param scope owns the result and whatever is made on the way
     * @param epoch counted from 0
     * @param images positions in this source, 0 … {@link #size} − 1
     */
    Batch batch(Scope scope, int epoch, int[] images);

    /**
     * Says which batch will be asked for next, so that a source may begin with it; of no consequence for any result. A source that
     * prepares nothing ignores it.
     */
    default void announce(int epoch, int[] images) {}
}
