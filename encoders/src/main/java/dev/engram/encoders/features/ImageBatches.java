package dev.engram.encoders.features;

import dev.engram.encoders.augment.CropRectangle;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Images as they are, whole or one rectangle of each, in batches that are divided the same way each time. */
final class ImageBatches implements AutoCloseable {
    private static final int BATCH = 256;

    private final PlainInput input;

    /** @param side of the images in pixels */
    ImageBatches(Normalization normalization, int side) {
        this.input = new PlainInput(normalization, side);
    }

    /** What is done with one batch. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param scope is closed after the batch
         * @param from row of the batch's first image
         * @param images FLOAT32 {@code [B, 3, side, side]}, normalized
         */
        void read(Scope scope, int from, Tensor images);
    }

    /**
     * @param indices positions in {@code images}; row i belongs to {@code indices[i]}
     * @param embedded hears how many images each batch had; may throw to end the work
     */
    void whole(ImageSet images, int[] indices, IntConsumer embedded, Reader reader) {
        CropRectangle whole = CropRectangle.whole(images.shape().height(), images.shape().width());
        run(indices.length, embedded, reader, (scope, from, to) ->
                input.crop(scope, images, Arrays.copyOfRange(indices, from, to), whole));
    }

    /**
     * @param rectangles as many as {@code indices}
     * @param embedded as in {@link #whole}
     */
    void crops(ImageSet images, int[] indices, List<CropRectangle> rectangles, IntConsumer embedded, Reader reader) {
        if (rectangles.size() != indices.length) {
            throw new IllegalArgumentException("%d rectangles for %d images".formatted(rectangles.size(), indices.length));
        }
        run(indices.length, embedded, reader, (scope, from, to) -> input.crops(
                scope, images, Arrays.copyOfRange(indices, from, to), rectangles.subList(from, to)));
    }

    @Override
    public void close() {
        input.close();
    }

    private static void run(int images, IntConsumer embedded, Reader reader, Cut cut) {
        for (int from = 0; from < images; from += BATCH) {
            int to = Math.min(from + BATCH, images);
            try (Scope scope = Scope.open()) {
                reader.read(scope, from, cut.of(scope, from, to));
            }
            embedded.accept(to - from);
        }
    }

    @FunctionalInterface
    private interface Cut {
        Tensor of(Scope scope, int from, int to);
    }
}
