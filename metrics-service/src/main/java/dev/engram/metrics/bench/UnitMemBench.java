package dev.engram.metrics.bench;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Tensor;
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
 * @param rounds that are timed, of four blocks of about 80 views a thread
 * @param threads blocks that are measured at once
 */
public record UnitMemBench(int views, int rounds, int threads) {
    private static final int TOP_IMAGES = 9;

    /** Ten views, as by default. */
    public static UnitMemBench standard(int threads) {
        return new UnitMemBench(10, 8, threads);
    }

    /** Measures. */
    public PassResult run() {
        try (UnitMeans means = new UnitMeans(ResNet9.encoder(), views, Optional.empty());
                PassTimes<List<float[]>> times =
                        new PassTimes<>(views, threads, new Work(means, accumulators(means), accumulators(means)))) {
            return times.run(rounds);
        }
    }

    private static List<UnitActivations> accumulators(UnitMeans means) {
        return means.layers().stream().map(layer -> new UnitActivations(layer.units(), TOP_IMAGES)).toList();
    }

    private record Work(UnitMeans means, List<UnitActivations> ofF, List<UnitActivations> ofG)
            implements PassTimes.Work<List<float[]>> {
        @Override
        public List<float[]> measure(StateDict encoder, Tensor views) {
            return means.of(encoder, views);
        }

        @Override
        public void collect(int[] imageIds, List<float[]> meansOfF, List<float[]> meansOfG) {
            add(imageIds, meansOfF, ofF);
            add(imageIds, meansOfG, ofG);
        }

        private static void add(int[] imageIds, List<float[]> block, List<UnitActivations> layers) {
            for (int layer = 0; layer < block.size(); layer++) {
                UnitActivations activations = layers.get(layer);
                for (int image = 0; image < imageIds.length; image++) {
                    activations.add(imageIds[image], block.get(layer), image * activations.units());
                }
            }
        }
    }
}
