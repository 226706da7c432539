package dev.engram.metrics.bench;

import dev.engram.encoders.network.ResNet9;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.unitmem.UnitActivations;
import java.util.List;
import java.util.Optional;

/**
 * UnitMem's pass over images (every unit of every layer of ResNet-9, accumulated, with its null baseline) against the bare forward
 * passes of both encoders.
 *
 * @param views of each image
 * @param blocks of about 80 views that are timed
 * @param threads inside one operation
 */
public record UnitMemBench(int views, int blocks, int threads) {
    private static final int TOP_IMAGES = 9;

    /** Ten views, as by default. */
    public static UnitMemBench standard(int threads) {
        return new UnitMemBench(10, 60, threads);
    }

    /** Measures. */
    public PassResult run() {
        try (UnitMeans means = new UnitMeans(ResNet9.encoder(), views, Optional.empty())) {
            return new PassTimes(views, blocks).run(threads, pass(means), pass(means));
        }
    }

    private static PassTimes.Pass pass(UnitMeans means) {
        List<UnitActivations> layers = means.layers().stream()
                .map(layer -> new UnitActivations(layer.units(), TOP_IMAGES))
                .toList();
        return (ids, encoder, seen) -> {
            List<float[]> block = means.of(encoder, seen);
            for (int layer = 0; layer < block.size(); layer++) {
                UnitActivations activations = layers.get(layer);
                for (int image = 0; image < ids.length; image++) {
                    activations.add(ids[image], block.get(layer), image * activations.units());
                }
            }
        };
    }
}
