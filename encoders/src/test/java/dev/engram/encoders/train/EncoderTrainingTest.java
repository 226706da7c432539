package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.optim.WarmupCosine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTrainingTest {
    @Test
    void reportsEveryStep() {
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1)) {
            TinyTraining.Recorder recorder = new TinyTraining.Recorder(Integer.MAX_VALUE);
            assertTrue(new EncoderTraining(TinyTraining.plan(), step, TinyTraining.noise()).run(state, recorder));
            List<StepReport> reports = recorder.reports;
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), reports.stream().map(StepReport::step).toList());
            assertEquals(List.of(0, 0, 1, 1, 2, 2), reports.stream().map(StepReport::epoch).toList());
            assertEquals(List.of(false, true, false, true, false, true),
                    reports.stream().map(StepReport::endsEpoch).toList());
            assertEquals(List.of(0.0, 0.005, 0.01), reports.stream().map(StepReport::learningRate).limit(3).toList());
            assertEquals(6, reports.getLast().totalSteps());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void aStoppedTrainingGoesOnToTheSameBits(int stopAfter) {
        try (TrainingStep step = TinyTraining.step();
                TrainingState whole = step.initialState(1);
                TrainingState parts = step.initialState(1)) {
            EncoderTraining training = new EncoderTraining(TinyTraining.plan(), step, TinyTraining.noise());
            training.run(whole, new TinyTraining.Recorder(Integer.MAX_VALUE));
            assertFalse(training.run(parts, new TinyTraining.Recorder(stopAfter)));
            assertEquals(stopAfter, parts.step());
            try (TrainingState resumed = new TrainingState(
                    parts.step(),
                    parts.model().copy(),
                    parts.optimizer().copy(),
                    parts.average().orElseThrow().copy())) {
                assertTrue(training.run(resumed, new TinyTraining.Recorder(Integer.MAX_VALUE)));
                assertEquals(TinyTraining.bits(whole), TinyTraining.bits(resumed));
            }
        }
    }

    @Test
    void anotherSeedIsAnotherTraining() {
        try (TrainingStep step = TinyTraining.step();
                TrainingState one = step.initialState(1);
                TrainingState two = step.initialState(2)) {
            assertNotEquals(TinyTraining.bits(one), TinyTraining.bits(two));
        }
    }

    @Test
    void aLossThatIsNoNumberEndsTraining() {
        ViewSource spoiled = new ViewSource() {
            @Override
            public int size() {
                return 10;
            }

            @Override
            public Batch batch(Scope scope, int epoch, int[] images) {
                float[] pixels = new float[2 * images.length * TinyTraining.PIXELS];
                if (epoch == 1) {
                    Arrays.fill(pixels, Float.NaN);
                }
                return Batch.of(scope.floats(pixels, 2L * images.length, 3, 8, 8), images);
            }
        };
        try (TrainingStep step = TinyTraining.step();
                TrainingState state = step.initialState(1)) {
            TinyTraining.Recorder recorder = new TinyTraining.Recorder(Integer.MAX_VALUE);
            EncoderTraining training = new EncoderTraining(TinyTraining.plan(), step, spoiled);
            long before = Tensor.alive();
            DivergedException e = assertThrows(DivergedException.class, () -> training.run(state, recorder));
            assertEquals(3, e.step());
            assertEquals("Training diverged: the loss of step 3 is NaN", e.getMessage());
            assertEquals(2, recorder.reports.size());
            assertEquals(before, Tensor.alive());
        }
    }

    @Test
    void everyEpochSeesEachImageAtMostOnceInAFreshOrder() {
        TrainingPlan plan = TinyTraining.plan();
        int[] first = plan.order(0);
        assertFalse(Arrays.equals(first, plan.order(1)));
        assertEquals(8, IntStream.concat(Arrays.stream(plan.batch(first, 0)), Arrays.stream(plan.batch(first, 1)))
                .distinct().count());
    }

    @Test
    void refusesAPlanThatCannotBe() {
        WarmupCosine rate = new WarmupCosine(1, 0, 1, 0);
        assertEquals("batch must be at most the 10 images, is 11",
                assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(0, 10, 11, 1, rate)).getMessage());
        assertEquals("epochs must be at least 1, are 0",
                assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(0, 10, 5, 0, rate)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(0, 10, 1, 1, rate));
        try (TrainingStep step = TinyTraining.step()) {
            TrainingPlan other = TrainingPlan.of(0, 11, 5, 1, rate);
            assertThrows(IllegalArgumentException.class, () -> new EncoderTraining(other, step, TinyTraining.noise()));
            TrainingPlan unscheduled = TrainingPlan.of(0, 10, 5, 1, rate);
            assertEquals("The plan has no schedule for m",
                    assertThrows(IllegalArgumentException.class,
                            () -> new EncoderTraining(unscheduled, step, TinyTraining.noise())).getMessage());
        }
    }
}
