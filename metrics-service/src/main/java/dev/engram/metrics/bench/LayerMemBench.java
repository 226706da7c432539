package dev.engram.metrics.bench;

import dev.engram.encoders.network.ResNet9;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.LayerDistances;

/**
 * LayerMem's pass over images (flattened, unit L2 norm, L2 distance, all rows of ResNet-9) against the bare forward passes of both
 * encoders.
 *
 * @param views of each image
 * @param blocks of about 80 views that are timed
 * @param threads inside one operation
 */
public record LayerMemBench(int views, int blocks, int threads) {
    /** Ten views, as by default. */
    public static LayerMemBench standard(int threads) {
        return new LayerMemBench(10, 60, threads);
    }

    /** Measures. */
    public PassResult run() {
        var options = new LayerDistances.Options(views, ViewDistance.L2, false, false);
        try (LayerDistances distances = new LayerDistances(ResNet9.encoder(), options)) {
            PassTimes.Pass pass = (ids, encoder, seen) -> distances.of(encoder, seen);
            return new PassTimes(views, blocks).run(threads, pass, pass);
        }
    }
}
