package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.method.SupervisedTraining;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.objective.CrossEntropy;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.PrivateGradient;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.optim.Sgd;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** DP-SGD against a loop over images that clips in Java. */
class PrivateStepTest {
    private static final int SIDE = 8;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final Sgd PLAIN = new Sgd(0, 0);

    @BeforeAll
    static void start() {
        TorchEngine.start(1);
    }

    @Test
    void eachImagesGradientIsClippedByItself() {
        int[] images = {0, 1, 2, 3, 4};
        List<double[]> own = new ArrayList<>();
        double loss = 0;
        for (int image : images) {
            try (TrainingStep step = TrainingStep.of(method(), PLAIN, false); TrainingState state = step.initialState(1)) {
                double[] before = weights(state);
                loss += run(step, state, image).loss() / images.length;
                own.add(minus(before, weights(state)));
            }
        }
        double bound = own.stream().mapToDouble(PrivateStepTest::norm).sorted().toArray()[2];
        double[] expected = new double[own.getFirst().length];
        for (double[] gradient : own) {
            double scale = Math.min(1, bound / norm(gradient));
            for (int i = 0; i < expected.length; i++) {
                expected[i] += gradient[i] * scale / images.length;
            }
        }
        try (TrainingStep step = privately(bound, 1e-12, images.length); TrainingState state = step.initialState(1)) {
            double[] before = weights(state);
            assertEquals(loss, run(step, state, images).loss(), 1e-6);
            assertArrayEquals(expected, minus(before, weights(state)), 1e-6);
        }
    }

    @Test
    void noiseIsThatOfStepAndSeedWithTheDeviationThatIsAccounted() {
        try (TrainingStep step = privately(0.5, 1.5, 10);
                TrainingState state = step.initialState(1);
                TrainingState again = step.initialState(1)) {
            double[] before = weights(state);
            run(step, state);
            double[] noise = minus(before, weights(state));
            double deviation = norm(noise) / Math.sqrt(noise.length);
            assertEquals(0.5 * 1.5 / 10, deviation, 0.05 * 0.075);
            assertTrue(Math.abs(Arrays.stream(noise).average().orElseThrow()) < 4 * 0.075 / Math.sqrt(noise.length));
            run(step, again);
            assertArrayEquals(weights(state), weights(again), "the same step draws the same noise");
            double[] second = weights(state);
            run(step, state);
            assertNotEquals(noise[0], minus(second, weights(state))[0]);
        }
    }

    @Test
    void batchNormalizationIsRefused() {
        SupervisedTraining normalized = new SupervisedTraining(
                new ProjectedEncoder(new TinyEncoder(), new NoHead()), 3, 1, new CrossEntropy(0));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> TrainingStep.privately(normalized, PLAIN, false, new PrivateGradient(1, 1, 4, 0)));
        assertTrue(refused.getMessage().startsWith("dp_sgd: "), refused.getMessage());
        assertTrue(refused.getMessage().contains("running_mean"), refused.getMessage());
    }

    @Test
    void poissonSamplingDrawsEachImageByItself() {
        TrainingPlan plan = plan(100, 10, 1000);
        int[] drawn = new int[100];
        int total = 0;
        for (long step = 0; step < 4000; step++) {
            int[] batch = plan.batch(null, step);
            assertArrayEquals(batch, plan.batch(null, step));
            total += batch.length;
            Arrays.stream(batch).forEach(image -> drawn[image]++);
        }
        assertEquals(10, total / 4000.0, 0.2);
        double deviation = Math.sqrt(4000 * 0.1 * 0.9);
        for (int count : drawn) {
            assertEquals(400, count, 5 * deviation);
        }
    }

    @Test
    void aStepWithoutImagesIsOnlyNoise() {
        TrainingPlan plan = plan(10, 2, 8);
        long empty = 0;
        for (long step = 0; step < plan.totalSteps(); step++) {
            empty += plan.batch(null, step).length == 0 ? 1 : 0;
        }
        assertTrue(empty > 0, "the plan has a step without images");
        try (TrainingStep step = privately(1, 1, 2); TrainingState state = step.initialState(1)) {
            TinyTraining.Recorder recorder = new TinyTraining.Recorder(Integer.MAX_VALUE);
            assertTrue(new EncoderTraining(plan, step, source()).run(state, recorder));
            assertEquals(empty, recorder.reports.stream().filter(report -> report.loss() == 0).count());
        }
    }

    private static TrainingPlan plan(int images, int batch, int epochs) {
        return new TrainingPlan(
                3, images, batch, epochs, OptimizerSchedule.of(Schedule.constant(0.01)), Map.of(), TrainingPlan.Sampling.POISSON);
    }

    private static TrainingStep privately(double bound, double noise, int batch) {
        return TrainingStep.privately(method(), PLAIN, false, new PrivateGradient(bound, noise, batch, 7));
    }

    private static SupervisedTraining method() {
        ProjectedEncoder model = new ProjectedEncoder(
                Networks.encoder("mlp", 3, SIDE, Map.of("width", "16", "depth", "1")), new NoHead());
        return new SupervisedTraining(model, 3, 1, new CrossEntropy(0));
    }

    private static TrainingStep.Outcome run(TrainingStep step, TrainingState state, int... images) {
        try (Scope scope = Scope.open()) {
            Batch batch = images.length == 0
                    ? new Batch(
                            List.of(scope.zeros(ElementType.FLOAT32, 0, 3, SIDE, SIDE)),
                            Optional.of(scope.zeros(ElementType.INT64, 0)),
                            images)
                    : batch(scope, images);
            return step.run(state, batch, 1, Map.of());
        }
    }

    private static Batch batch(Scope scope, int[] images) {
        float[] pixels = new float[images.length * PIXELS];
        for (int i = 0; i < images.length; i++) {
            float[] image = StatelessRandom.of(3, "image").at(0, images[i], 0).normalFloats(PIXELS, 0, 1 + images[i]);
            System.arraycopy(image, 0, pixels, i * PIXELS, PIXELS);
        }
        Tensor labels = scope.longs(Arrays.stream(images).mapToLong(image -> image % 3).toArray(), images.length);
        return new Batch(List.of(scope.floats(pixels, images.length, 3, SIDE, SIDE)), Optional.of(labels), images);
    }

    private static ViewSource source() {
        return new ViewSource() {
            @Override
            public int size() {
                return 10;
            }

            @Override
            public Batch batch(Scope scope, int epoch, int[] images) {
                return PrivateStepTest.batch(scope, images);
            }
        };
    }

    private static double[] weights(TrainingState state) {
        Map<String, float[]> values = new LinkedHashMap<>();
        state.model().names().forEach(name -> values.put(name, state.model().get(name).floats()));
        double[] all = new double[values.values().stream().mapToInt(part -> part.length).sum()];
        int next = 0;
        for (float[] part : values.values()) {
            for (float value : part) {
                all[next++] = value;
            }
        }
        return all;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }
}
