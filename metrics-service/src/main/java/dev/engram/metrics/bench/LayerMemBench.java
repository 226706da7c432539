package dev.engram.metrics.bench;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.ResNet9;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.LayerDistances;

/**
 * LayerMem's pass over images (flattened, unit L2 norm, L2 distance, all rows of ResNet-9) against the bare forward passes of both
 * encoders.
 *
 * @param views of each image
 * @param rounds that are timed, of four blocks of about 80 views a thread
 * @param threads blocks that are measured at once
 */
public record LayerMemBench(int views, int rounds, int threads) {
    /** Ten views, as by default. */
    public static LayerMemBench standard(int threads) {
        return new LayerMemBench(10, 8, threads);
    }

    /** Measures. */
    public PassResult run() {
        var options = new LayerDistances.Options(views, ViewDistance.L2, false, false);
        try (LayerDistances distances = new LayerDistances(ResNet9.encoder(), options);
                PassTimes<double[][]> times = new PassTimes<>(views, threads, new Work(distances))) {
            return times.run(rounds);
        }
    }

    private record Work(LayerDistances distances) implements PassTimes.Work<double[][]> {
        @Override
        public double[][] measure(StateDict encoder, Tensor views) {
            return distances.of(encoder, views);
        }

        @Override
        public void collect(int[] imageIds, double[][] ofF, double[][] ofG) {
            // Copied into a table: nothing that could be measured.
        }
    }
}
