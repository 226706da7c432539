package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.ProgramException;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.Lars;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.Sgd;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStepTest {
    private static final int[] IMAGES = {0, 1, 2, 3};

    static Stream<Optimizer> optimizers() {
        return Stream.of(Adam.of(1e-6), Adam.decoupled(1e-4), Lars.of(1e-6), new Sgd(0.9, 1e-4));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theLossOfOneBatchFalls(Optimizer optimizer) {
        ProjectedEncoder network = new ProjectedEncoder(new TinyEncoder(), Projector.of(6, 5));
        double rate = optimizer instanceof Lars ? 10 : 0.01;
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(network, new SimClr(0.5)), optimizer, false);
                TrainingState state = step.initialState(1);
                Scope scope = Scope.open()) {
            Batch views = TinyTraining.noise().batch(scope, 0, IMAGES);
            double first = step.run(state, views, rate, Map.of()).loss();
            double last = first;
            for (int i = 0; i < 40; i++) {
                last = step.run(state, views, rate, Map.of()).loss();
            }
            assertEquals(41, state.step());
            assertTrue(last < first - 0.1, "loss goes from " + first + " to " + last);
        }
    }

    /**
     * One step from equal weights: the loss, and the way that all weights together go. On noise the gradient of a contrast is a small
     * difference of large numbers, so the rounding shows more than on images.
     */
    @Test
    void bfloat16TrainsAsFloat32DoesButForItsRounding() {
        ProjectedEncoder network = new ProjectedEncoder(ResNet9.encoder(), Projector.of(16, 8));
        List<StateDict> ways = new ArrayList<>();
        double[] losses = new double[2];
        try (Scope scope = Scope.open()) {
            Tensor pixels = scope.floats(StatelessRandom.of(1, "pixels").at(0, 0, 0).uniformFloats(32 * 3072, -1, 1), 32, 3, 32, 32);
            for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                try (TrainingStep step = TrainingStep.of(
                                new JointEmbedding(network, new SimClr(0.5)), new Sgd(0, 0), false, precision);
                        TrainingState state = step.initialState(1)) {
                    Batch views = Batch.of(pixels, IntStream.range(0, 16).toArray());
                    losses[precision.ordinal()] = step.run(state, views, 0.1, Map.of()).loss();
                    ways.add(state.model().copy());
                }
            }
            try (StateDict start = StateLayout.of(network).initialState(1)) {
                double[] products = new double[3];
                for (String name : StateLayout.of(network).parameters()) {
                    float[] from = start.get(name).floats();
                    float[] full = ways.get(0).get(name).floats();
                    float[] brain = ways.get(1).get(name).floats();
                    for (int i = 0; i < from.length; i++) {
                        products[0] += (double) (full[i] - from[i]) * (full[i] - from[i]);
                        products[1] += (double) (brain[i] - from[i]) * (brain[i] - from[i]);
                        products[2] += (double) (full[i] - from[i]) * (brain[i] - from[i]);
                    }
                }
                double cosine = products[2] / Math.sqrt(products[0] * products[1]);
                assertTrue(cosine > 0.9 && cosine < 1 - 1e-7, "cosine of the two steps: " + cosine);
                assertEquals(1, Math.sqrt(products[1] / products[0]), 0.1);
            }
        } finally {
            ways.forEach(StateDict::close);
        }
        assertEquals(losses[0], losses[1], 0.01 * losses[0]);
    }

    @Test
    void everyParameterAndEveryStatisticMoves() {
        ProjectedEncoder network = new ProjectedEncoder(ResNet9.encoder(), Projector.of(16, 8));
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(network, new SimClr(0.5)), Adam.of(1e-6), false);
                TrainingState state = step.initialState(1);
                StateDict before = state.model().copy();
                Scope scope = Scope.open()) {
            float[] pixels = new float[8 * 3 * 32 * 32];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) Math.sin(i);
            }
            step.run(state, Batch.of(scope.floats(pixels, 8, 3, 32, 32), IMAGES), 1e-3, Map.of());
            for (String name : before.names()) {
                assertFalse(java.util.Arrays.equals(before.get(name).bytes(), state.model().get(name).bytes()), name);
            }
            assertEquals(1, state.model().get("prep.batch.num_batches_tracked").item());
        }
    }

    @Test
    void theAverageFollowsByItsMomentumAndCopiesBuffers() {
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1);
                StateDict before = state.model().copy();
                Scope scope = Scope.open()) {
            step.run(state, TinyTraining.noise().batch(scope, 0, IMAGES), 0.01, Map.of("m", 0.75));
            float[] expected = before.get("conv.weight").floats();
            float[] now = state.model().get("conv.weight").floats();
            for (int i = 0; i < expected.length; i++) {
                expected[i] = 0.75f * expected[i] + 0.25f * now[i];
            }
            StateDict average = state.average().orElseThrow();
            assertArrayEquals(expected, average.get("conv.weight").floats(), 1e-7f);
            assertArrayEquals(
                    state.model().get("bn.running_var").floats(), average.get("bn.running_var").floats());
            assertEquals(1, average.get("bn.num_batches_tracked").item());
        }
    }

    @Test
    void leavesNoTensorBehind() {
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1)) {
            long before = Tensor.alive();
            for (int i = 0; i < 20; i++) {
                try (Scope scope = Scope.open()) {
                    step.run(state, TinyTraining.noise().batch(scope, 0, IMAGES), 0.01, Map.of("m", 0.9));
                }
                assertEquals(before, Tensor.alive());
            }
            try (Scope scope = Scope.open()) {
                Batch wrong = Batch.of(scope.zeros(ElementType.FLOAT32, 4, 5, 8, 8), new int[] {0, 1});
                assertThrows(ProgramException.class, () -> step.run(state, wrong, 0.01, Map.of("m", 0.9)));
            }
            assertEquals(before, Tensor.alive());
        }
    }

    @Test
    void refusesAStateOfAnotherRecipe() {
        try (TrainingStep step = TinyTraining.step();
                TrainingStep other = TrainingStep.of(
                        new JointEmbedding(new ProjectedEncoder(new TinyEncoder(), Projector.of(7)), new SimClr(0.5)),
                        Lars.of(0), true);
                TrainingState state = other.initialState(1)) {
            String message = assertThrows(IllegalArgumentException.class, () -> step.verify(state)).getMessage();
            for (String part : List.of(
                    "projector.0.weight is FLOAT32 [7, 4], not FLOAT32 [6, 4]",
                    "missing projector.1.running_mean",
                    "missing projector.3.weight")) {
                assertTrue(message.contains(part), message);
            }
        }
    }
}
