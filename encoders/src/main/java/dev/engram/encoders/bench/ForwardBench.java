package dev.engram.encoders.bench;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.random.StatelessRandom;

/**
 * Speed of forward passes in evaluation mode without taps, normalizations folded, as features are made. Peer: {@code docs/bench/peers.py forward}.
 *
 * @param network such as {@code resnet50}
 * @param side of the images in pixels
 * @param batch images a pass, at least 1
 * @param passes measured, at least 1, after one that is not
 */
public record ForwardBench(String network, int side, int batch, int passes) {
    /**
     * What was measured.
     *
     * @param secondsPerPass median wall time of a batch
     * @param imagesPerSecond {@code batch / secondsPerPass}
     * @param cpuSecondsPerPass processor time of all threads, mean
     */
    public record Result(
            String network,
            int side,
            int batch,
            int threads,
            double secondsPerPass,
            double imagesPerSecond,
            double cpuSecondsPerPass) {}

    /** Measures. */
    public Result run() {
        Network encoder = BenchNetworks.encoder(network, side);
        try (Evaluation forward = Evaluation.folded(encoder);
                StateDict state = StateLayout.of(encoder).initialState(1);
                Scope scope = Scope.open()) {
            float[] values = StatelessRandom.of(1, "bench").at(0, 0, 0).uniformFloats(batch * 3 * side * side, -1, 1);
            Tensor images = scope.floats(values, batch, 3, side, side);
            Repeated times = Repeated.measure(1, passes, () -> {
                try (Scope pass = Scope.open()) {
                    forward.run(pass, state, images);
                }
            });
            return new Result(
                    network, side, batch, TorchEngine.threads(), times.seconds(), batch / times.seconds(), times.cpuSeconds());
        }
    }
}
