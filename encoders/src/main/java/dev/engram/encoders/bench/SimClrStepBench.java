package dev.engram.encoders.bench;

import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Speed of a SimCLR step without augmentation: forward pass of both views, NT-Xent, gradients, Adam; 32×32 color images,
 * projector 512-128. The equal PyTorch program is {@code docs/bench/peers.py simclr-step}.
 *
 * @param network one of {@link #NETWORKS}
 * @param precision of convolutions and fully connected layers
 * @param batch images a step, each with two views
 * @param warmup steps before measuring
 * @param steps steps measured, at least 1
 */
public record SimClrStepBench(String network, Precision precision, int batch, int warmup, int steps) {
    /** What can be trained; ResNet-18 has the 3×3 stem, ViT-Tiny patches of 4 pixels. */
    public static final List<String> NETWORKS = List.of("resnet9", "resnet18", "vit_tiny");

    private static final int SIDE = 32;
    private static final double TEMPERATURE = 0.5;
    private static final double RATE = 1e-3;

    public SimClrStepBench {
        if (!NETWORKS.contains(network)) {
            throw new IllegalArgumentException("network must be one of " + NETWORKS + ", is " + network);
        }
        if (batch < 2 || warmup < 0 || steps < 1) {
            throw new IllegalArgumentException("batch must be at least 2, warmup at least 0 and steps at least 1, are "
                    + batch + ", " + warmup + " and " + steps);
        }
    }

    /** The published setting, 128 images a step after 2 that are not measured; the median of 10 steps is published. */
    public static SimClrStepBench of(String network, Precision precision, int steps) {
        return new SimClrStepBench(network, precision, 128, 2, steps);
    }

    /**
     * What was measured.
     *
     * @param network what was trained
     * @param precision of its layers: {@code float32} or {@code bfloat16}
     * @param batch images a step
     * @param threads inside one operation
     * @param secondsPerStep median wall time
     * @param imagesPerSecond {@code batch / secondsPerStep}
     * @param cpuSecondsPerStep processor time of all threads, mean; tells more than wall time where others use the machine
     * @param peakResidentBytes of the process, -1 if unknown
     * @param engine version of the native library
     */
    public record Result(
            String network,
            String precision,
            int batch,
            int threads,
            double secondsPerStep,
            double imagesPerSecond,
            double cpuSecondsPerStep,
            long peakResidentBytes,
            String engine) {}

    /** Measures; takes seconds a step. The process multiplies in this precision from then on ({@link TorchEngine#use}). */
    public Result run() {
        TorchEngine.use(precision);
        Network encoder = BenchNetworks.encoder(network, SIDE);
        ProjectedEncoder projected = new ProjectedEncoder(encoder, Projector.of(512, 128));
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(projected, new SimClr(TEMPERATURE)), Adam.of(0), false, precision);
                TrainingState state = step.initialState(1);
                Scope scope = Scope.open()) {
            Batch views = Batch.of(views(scope), IntStream.range(0, batch).toArray());
            for (int i = 0; i < warmup; i++) {
                step.run(state, views, RATE, Map.of());
            }
            double[] seconds = new double[steps];
            double cpu = ProcessUsage.cpuSeconds();
            for (int i = 0; i < steps; i++) {
                long start = System.nanoTime();
                step.run(state, views, RATE, Map.of());
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            return result(seconds, (ProcessUsage.cpuSeconds() - cpu) / steps);
        }
    }

    private Result result(double[] seconds, double cpuSecondsPerStep) {
        Arrays.sort(seconds);
        double median = (seconds[(steps - 1) / 2] + seconds[steps / 2]) / 2;
        return new Result(
                network, precision.label(), batch, TorchEngine.threads(), median, batch / median, cpuSecondsPerStep,
                ProcessUsage.peakResidentBytes(), TorchEngine.version());
    }

    private Tensor views(Scope scope) {
        int pixels = 2 * batch * 3 * SIDE * SIDE;
        float[] values = StatelessRandom.of(1, "bench").at(0, 0, 0).uniformFloats(pixels, -1, 1);
        return scope.floats(values, 2L * batch, 3, SIDE, SIDE);
    }
}
