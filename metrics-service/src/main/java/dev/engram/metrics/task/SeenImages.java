package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.BesideImages;

/** Blocks of images as an encoder sees them: as they are, several augmented views of each, or both. */
sealed interface SeenImages extends AutoCloseable {

    ImageSet images();

    /** Normalized {@code [V·B, C, H, W]}, first one view of every image, then the next. */
    Tensor of(Scope scope, int[] block);

    @Override
    void close();

    /** Images as they are, resized to the encoder's side. */
    static SeenImages plain(ImageSet images, TrainedEncoder encoder) {
        int side = Math.toIntExact(encoder.encoder().input().getLast());
        return new Plain(images, new PlainInput(encoder.identity().normalization(), side));
    }

    /** @param views of each image, at least 1 */
    static SeenImages augmented(AugmentedViews source, int views) {
        return new Augmented(source, views);
    }

    /** @param views of each image behind the image itself, at least 1 */
    static SeenImages besides(AugmentedViews source, TrainedEncoder encoder, int views) {
        return new Beside(plain(source.images(), encoder), source, views, new BesideImages());
    }

    /** As they are, with their views behind them. */
    record Beside(SeenImages plain, AugmentedViews source, int views, BesideImages together) implements SeenImages {
        @Override
        public ImageSet images() {
            return source.images();
        }

        @Override
        public Tensor of(Scope scope, int[] block) {
            return together.of(scope, plain.of(scope, block), source.views(scope, block, 0, 0, views));
        }

        @Override
        public void close() {
            plain.close();
            source.close();
            together.close();
        }
    }

    /** As they are. */
    record Plain(ImageSet images, PlainInput input) implements SeenImages {
        @Override
        public Tensor of(Scope scope, int[] block) {
            return input.whole(scope, images, block);
        }

        @Override
        public void close() {
            input.close();
        }
    }

    /** Augmented. */
    record Augmented(AugmentedViews source, int views) implements SeenImages {
        @Override
        public ImageSet images() {
            return source.images();
        }

        @Override
        public Tensor of(Scope scope, int[] block) {
            return source.views(scope, block, 0, 0, views);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
