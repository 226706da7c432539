package dev.engram.encoders.bench;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Speed of augmentation ({@code simclr-normal}): crop and resize, flip, color jitter, gray. Peer: {@code docs/bench/peers.py
 * augment}, torchvision image by image.
 *
 * @param imageSide of the images in pixels
 * @param side of the views
 * @param batch images at a time, each in two views
 * @param times measured, at least 1, after one that is not
 */
public record AugmentBench(int imageSide, int side, int batch, int times) {
    private static final int VIEWS = 2;

    /**
     * What was measured.
     *
     * @param viewsPerSecond wall time
     * @param cpuMicrosecondsPerView processor time of all threads
     */
    public record Result(
            int imageSide, int side, int batch, int threads, double viewsPerSecond, double cpuMicrosecondsPerView) {}

    /** Measures. */
    public Result run() {
        int[] all = IntStream.range(0, batch).toArray();
        int[] epoch = new int[1];
        try (AugmentedViews views =
                new AugmentedViews(images(), AugmentationRecipe.named("simclr-normal"), side, 0, "bench")) {
            Repeated measured = Repeated.measure(1, times, () -> {
                try (Scope scope = Scope.open()) {
                    views.views(scope, all, epoch[0]++, 0, VIEWS);
                }
            });
            int count = VIEWS * batch;
            return new Result(
                    imageSide, side, batch, TorchEngine.threads(), count / measured.seconds(), 1e6 * measured.cpuSeconds() / count);
        }
    }

    private ImageSet images() {
        ImageSetBuilder set = new ImageSetBuilder("bench", new ImageShape(3, imageSide, imageSide), List.of("any"), batch);
        for (int i = 0; i < batch; i++) {
            float[] values = StatelessRandom.of(1, "bench").at(0, i, 0).uniformFloats(3 * imageSide * imageSide, 0, 256);
            byte[] pixels = new byte[values.length];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (byte) (int) values[j];
            }
            set.add(pixels, 0);
        }
        return set.build();
    }
}
