package dev.engram.encoders.augment;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import java.util.List;
import java.util.Objects;

/**
 * Turns images and the parameters of their views into an encoder's input. Values agree with torchvision's on float tensors to about
 * 1e-6. Thread-safe.
 */
sealed interface ViewMaker extends AutoCloseable permits HostViews, ViewProgram {
    /** Red, green, blue. */
    int CHANNELS = 3;

    /**
     * What makes views fastest where this process computes: the processor's caches want one view at a time, a card all of them at once.
     *
     * @param side height and width of the views
     */
    static ViewMaker of(Normalization normalization, int side) {
        return TorchEngine.device().isCuda() ? new ViewProgram(normalization, side) : new HostViews(normalization, side);
    }

    /**
     * Makes views.
     *
     * @param scope owns the result
     * @param images bytes [N, 3, H, W]
     * @param imageOfView for every view the position of its image
     * @param views what happens to each; crops inside H × W and their padding
     * @return floats [V, 3, side, side], normalized
     */
    Tensor apply(Scope scope, Tensor images, int[] imageOfView, List<ViewParameters> views);

    /** Height and width of the views. */
    int side();

    @Override
    void close();

    /** Memory is indexed by these numbers. */
    static void check(Tensor images, int[] imageOfView, List<ViewParameters> views) {
        long[] shape = images.shape();
        if (shape.length != 4 || shape[1] != CHANNELS) {
            throw new IllegalArgumentException("images: need [N, 3, H, W], are " + images);
        }
        if (imageOfView.length != views.size() || views.isEmpty()) {
            throw new IllegalArgumentException(
                    "views: need one or more, each with its image, were %d of %d".formatted(views.size(), imageOfView.length));
        }
        for (int i = 0; i < imageOfView.length; i++) {
            Objects.checkIndex(imageOfView[i], (int) shape[0]);
            ViewParameters view = views.get(i);
            CropRectangle crop = view.crop();
            if (crop.top() + crop.height() > shape[2] + 2L * view.padding()
                    || crop.left() + crop.width() > shape[3] + 2L * view.padding()) {
                throw new IllegalArgumentException("view %d: %s with a padding of %d leaves an image of %dx%d"
                        .formatted(i, crop, view.padding(), shape[2], shape[3]));
            }
        }
    }
}
