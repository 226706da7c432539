package dev.engram.encoders.train;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;

/** Gives the augmented views that training sees. */
public interface ViewSource {
    /** Number of images. */
    int size();

    /**
     * Two views of each of these images. The result must be a function of the arguments alone (of the images, not of their
     * place in the batch), so that training resumes exactly.
     *
     * @param scope owns the result and whatever is made on the way
     * @param epoch counted from 0
     * @param images positions in this source, 0 … {@link #size} − 1
     * @return FLOAT32 {@code [2N, C, H, W]}, normalized: the first views of the N images, then their second views
     */
    Tensor views(Scope scope, int epoch, int[] images);
}
