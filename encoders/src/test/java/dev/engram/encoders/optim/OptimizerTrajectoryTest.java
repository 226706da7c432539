package dev.engram.encoders.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** 40 steps beside PyTorch's, every rate scheduled: src/test/oracle/optimizer_trajectories.py. */
class OptimizerTrajectoryTest {
    private static final int STEPS = 40;
    private static final JsonNode REFERENCE = reference();

    @Test
    void nesterovWithRatesThatFallInSteps() {
        Schedule rate = new StepSchedule(0.05, 0.3, List.of(10L, 25L));
        compare("sgd_nesterov", new Sgd(0.9, true, 0.01, undecayed("v")), OptimizerSchedule.of(rate));
    }

    @Test
    void sgdThatDecaysEverythingAndClipsByGlobalNorm() {
        ParameterRules all = new ParameterRules(true, List.of(), 1);
        Optimizer clipped = new ClippedGradient(new Sgd(0.8, false, 0.01, all), 0.9);
        compare("sgd_all_decayed_clipped", clipped, OptimizerSchedule.of(Schedule.constant(0.05)));
        int clippedSteps = REFERENCE.path("sgd_all_decayed_clipped").path("clipped_steps").asInt();
        assertTrue(clippedSteps > 0 && clippedSteps < STEPS, "the reference clips sometimes: " + clippedSteps);
    }

    @Test
    void someRatesStayWhileTheOthersFall() {
        ParameterRules rules = new ParameterRules(true, List.of(), 1, new FixedRate(List.of("v", "b"), 0.05));
        compare("sgd_fixed_rate", new Sgd(0.9, false, 0.01, rules), OptimizerSchedule.of(new CosineSchedule(0.05, 0, STEPS)));
    }

    @Test
    void sgdWithoutMomentum() {
        compare("sgd_plain", new Sgd(0, 0), OptimizerSchedule.of(Schedule.constant(0.05)));
    }

    @Test
    void adamInOneCycleWithItsMomentumUpsideDown() {
        compare(
                "adam_one_cycle",
                new Adam(0.9, 0.999, 1e-8, 1e-2, false, undecayed("v")),
                new OptimizerSchedule(
                        OneCycle.rate(0.05, 25, 1e4, STEPS, 0.3),
                        Optional.empty(),
                        Optional.of(OneCycle.momentum(0.85, 0.95, STEPS, 0.3))));
    }

    @Test
    void adamwWhoseDecayRises() {
        compare(
                "adamw_decay_schedule",
                new Adam(0.9, 0.95, 1e-8, 0.04, true, undecayed("v")),
                new OptimizerSchedule(
                        Schedule.constant(0.01), Optional.of(new CosineSchedule(0.04, 0.4, STEPS)), Optional.empty()));
    }

    @Test
    void adamwWhoseGradientsAreClippedEachByItsOwnNorm() {
        Optimizer clipped = new ClippedGradient(new Adam(0.9, 0.95, 1e-8, 0.04, true, undecayed("v")), 0.6, true);
        compare("adamw_each_clipped", clipped, OptimizerSchedule.of(Schedule.constant(0.01)));
        int gradients = REFERENCE.path("adamw_each_clipped").path("clipped_gradients").asInt();
        assertTrue(gradients > 0 && gradients < 3 * STEPS, "the reference clips some gradients: " + gradients);
    }

    @Test
    void larsWithAnotherRateForVectors() {
        ParameterRules rules = new ParameterRules(false, List.of("v"), 0.024);
        compare("lars_vector_rate", new Lars(0.9, 0.01, 0.02, rules), OptimizerSchedule.of(Schedule.constant(0.2)));
    }

    private static ParameterRules undecayed(String name) {
        return new ParameterRules(false, List.of(name), 1);
    }

    private static void compare(String name, Optimizer optimizer, OptimizerSchedule schedule) {
        JsonNode expected = REFERENCE.path(name);
        Map<String, double[]> initial = OptimizerBench.values(
                new double[] {1, 2, 3, 4}, new double[] {-1, 0.5, 0.25, -2}, new double[] {0.5, -0.5});
        try (OptimizerBench bench = new OptimizerBench(optimizer, initial)) {
            for (int step = 0; step < STEPS; step++) {
                OptimizerRates rates = schedule.at(step, optimizer);
                assertEquals(expected.path("rates").path(step).asDouble(), rates.learningRate(), 1e-15, "rate of " + step);
                assertEquals(expected.path("momenta").path(step).asDouble(), rates.momentum(), 1e-15, "momentum of " + step);
                bench.step(gradients(bench, step), rates);
            }
            for (String parameter : List.of("w", "v", "b")) {
                assertArrayEquals(doubles(expected.path(parameter)), bench.parameter(parameter), 1e-12, name + " " + parameter);
            }
        }
    }

    private static Map<String, double[]> gradients(OptimizerBench bench, int step) {
        return OptimizerBench.values(
                gradient(bench.parameter("w"), step, 0),
                gradient(bench.parameter("v"), step, 4),
                gradient(bench.parameter("b"), step, 8));
    }

    private static double[] gradient(double[] parameter, int step, int offset) {
        double[] gradient = new double[parameter.length];
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] = 0.1 * parameter[j] + 0.3 * Math.sin(step + 1.7 * (offset + j));
        }
        return gradient;
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    private static JsonNode reference() {
        try (InputStream in = OptimizerTrajectoryTest.class.getResourceAsStream("/oracle/optimizer-trajectories.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
