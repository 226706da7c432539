package dev.engram.encoders.bench;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether native memory stays flat over many training steps of ResNet-9, each with fresh images in a scope of its own.
 *
 * @param batch images a step
 * @param warmup steps before the first reading
 * @param steps steps between the readings
 */
public record MemoryBench(int batch, int warmup, int steps) {
    private static final int SIDE = 32;

    /** 1,000 steps of 8 images, after 100. */
    public static MemoryBench standard() {
        return new MemoryBench(8, 100, 1000);
    }

    /**
     * What was measured.
     *
     * @param steps between the readings
     * @param residentBytesBefore at the first reading, -1 if unknown
     * @param residentBytesAfter at the last reading, -1 if unknown
     * @param growth {@code after / before − 1}
     * @param tensorsBefore alive at the first reading
     * @param tensorsAfter alive at the last reading
     */
    public record Result(
            int steps,
            long residentBytesBefore,
            long residentBytesAfter,
            double growth,
            long tensorsBefore,
            long tensorsAfter) {}

    /** Measures. */
    public Result run() {
        ProjectedEncoder network = new ProjectedEncoder(ResNet9.encoder(), Projector.of(512, 128));
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(network, new SimClr(0.5)), Adam.of(0), true);
                TrainingState state = step.initialState(1)) {
            train(step, state, warmup);
            long before = settledResidentBytes();
            long tensors = Tensor.alive();
            train(step, state, steps);
            long after = settledResidentBytes();
            return new Result(steps, before, after, (double) after / before - 1, tensors, Tensor.alive());
        }
    }

    private void train(TrainingStep step, TrainingState state, int count) {
        int pixels = 2 * batch * 3 * SIDE * SIDE;
        for (int i = 0; i < count; i++) {
            try (Scope scope = Scope.open()) {
                int number = Math.toIntExact(state.step());
                float[] values = StatelessRandom.of(1, "bench").at(number, 0, 0).uniformFloats(pixels, -1, 1);
                step.run(
                        state,
                        Batch.of(scope.floats(values, 2L * batch, 3, SIDE, SIDE), IntStream.range(0, batch).toArray()),
                        1e-3,
                        Map.of(TrainingStep.MOMENTUM, 0.99));
            }
        }
    }

    /** Garbage on the Java heap is not what is measured. */
    private static long settledResidentBytes() {
        System.gc();
        return ProcessUsage.residentBytes();
    }
}
