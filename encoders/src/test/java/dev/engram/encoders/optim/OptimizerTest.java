package dev.engram.encoders.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Reference values of LARS are its authors' in self-supervised practice, the others by PyTorch: src/test/oracle/optimizers.py. */
class OptimizerTest {
    private static final double[] W = {1, 2, 3, 4};
    private static final double[] B = {0.5, -0.5};
    private static final double[] GRADIENT_W = {0.1, -0.2, 0.3, -0.4};
    private static final double[] GRADIENT_B = {0.01, 0.02};

    private static final double[] ADAM_W = {0.9096921095044141, 2.091662397137071, 2.9083356479308744, 4.091664546255104};
    private static final double[] ADAM_B = {0.40833342499990855, -0.4099037986099386};
    private static final double[] ADAMW_W = {0.9010104229452982, 2.0731334954291563, 2.881158065547229, 4.054850122714578};
    private static final double[] ADAMW_B = {0.40833342499990855, -0.4099037986099386};
    private static final double[] SGD_W = {0.9769777372708334, 2.0256734753749996, 2.9529319618125, 4.051346950749999};
    private static final double[] SGD_B = {0.4985733333333333, -0.49568};

    @Test
    void larsAgreesWithTheReference() {
        try (OptimizerBench bench = new OptimizerBench(Lars.of(1e-6), W, B)) {
            bench.step(GRADIENT_W, GRADIENT_B, 0.8);
            assertArrayEquals(
                    new double[] {.999199989333, 2.001599989333, 2.997599968, 4.003199978666}, bench.w.doubles(), 1e-9);
            assertArrayEquals(new double[] {.492, -.516}, bench.b.doubles(), 1e-12);
            bench.step(GRADIENT_W, GRADIENT_B, 0.8);
            assertArrayEquals(
                    new double[] {.997679755509, 2.004640396174, 2.993039266526, 4.009280792348}, bench.w.doubles(), 1e-9);
            assertArrayEquals(new double[] {.4768, -.5464}, bench.b.doubles(), 1e-12);
            assertEquals(List.of("momentum_buffer.w", "momentum_buffer.b"), bench.stateNames());
        }
    }

    @Test
    void larsDoesNotScaleWhereANormIsZero() {
        try (OptimizerBench bench = new OptimizerBench(Lars.of(0), new double[4], B)) {
            bench.step(GRADIENT_W, new double[2], 0.5);
            assertArrayEquals(new double[] {-.05, .1, -.15, .2}, bench.w.doubles(), 1e-12);
            assertArrayEquals(B, bench.b.doubles());
        }
        try (OptimizerBench bench = new OptimizerBench(Lars.of(0), W, B)) {
            bench.step(new double[4], GRADIENT_B, 0.5);
            assertArrayEquals(W, bench.w.doubles());
        }
    }

    @Test
    void adamAgreesWithPyTorch() {
        try (OptimizerBench bench = new OptimizerBench(Adam.of(0.01), W, B)) {
            threeSteps(bench);
            assertArrayEquals(ADAM_W, bench.w.doubles(), 1e-12);
            assertArrayEquals(ADAM_B, bench.b.doubles(), 1e-12);
            assertEquals(3, bench.state("step.w").item());
            assertEquals(3, bench.state("step.b").item());
        }
    }

    @Test
    void decoupledAdamAgreesWithPyTorch() {
        try (OptimizerBench bench = new OptimizerBench(Adam.decoupled(0.1), W, B)) {
            threeSteps(bench);
            assertArrayEquals(ADAMW_W, bench.w.doubles(), 1e-12);
            assertArrayEquals(ADAMW_B, bench.b.doubles(), 1e-12);
        }
    }

    @Test
    void adamWithoutDecayMovesByTheRateAtFirst() {
        try (OptimizerBench bench = new OptimizerBench(Adam.of(0), W, B)) {
            bench.step(GRADIENT_W, GRADIENT_B, 0.001);
            assertArrayEquals(new double[] {.999, 2.001, 2.999, 4.001}, bench.w.doubles(), 1e-9);
            assertArrayEquals(new double[] {.499, -.501}, bench.b.doubles(), 1e-9);
            assertEquals(
                    List.of("exp_avg.w", "exp_avg.b", "exp_avg_sq.w", "exp_avg_sq.b", "step.w", "step.b"), bench.stateNames());
        }
    }

    @Test
    void sgdAgreesWithPyTorch() {
        try (OptimizerBench bench = new OptimizerBench(new Sgd(0.9, 0.01), W, B)) {
            threeSteps(bench);
            assertArrayEquals(SGD_W, bench.w.doubles(), 1e-12);
            assertArrayEquals(SGD_B, bench.b.doubles(), 1e-12);
        }
    }

    @Test
    void aNameThatFitsNoParameterIsRefused() {
        Sgd sgd = new Sgd(0.9, false, 0.1, new ParameterRules(false, List.of("w", "head."), 1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new OptimizerBench(sgd, W, B));
        assertEquals("undecayed: there is no parameter \"head.\"", e.getMessage());
        ParameterRules fixed = new ParameterRules(false, List.of(), 1, new FixedRate(List.of("predictor."), 0.1));
        assertEquals("fixed_rate: there is no parameter \"predictor.\"", assertThrows(
                        IllegalArgumentException.class, () -> new OptimizerBench(new Sgd(0.9, false, 0.1, fixed), W, B))
                .getMessage());
    }

    @Test
    void clippingLeavesShortGradientsAsTheyAre() {
        try (OptimizerBench bench = new OptimizerBench(new ClippedGradient(new Sgd(0, 0), 1), W, B)) {
            bench.step(GRADIENT_W, GRADIENT_B, 1);
            assertArrayEquals(new double[] {.9, 2.2, 2.7, 4.4}, bench.w.doubles(), 1e-15);
        }
        double norm = Math.sqrt(.01 + .04 + .09 + .16 + .0001 + .0004);
        try (OptimizerBench bench = new OptimizerBench(new ClippedGradient(new Sgd(0, 0), 0.1), W, B)) {
            bench.step(GRADIENT_W, GRADIENT_B, 1);
            double scale = 0.1 / (norm + 1e-6);
            assertArrayEquals(
                    new double[] {1 - .1 * scale, 2 + .2 * scale, 3 - .3 * scale, 4 + .4 * scale}, bench.w.doubles(), 1e-15);
            assertArrayEquals(new double[] {.5 - .01 * scale, -.5 - .02 * scale}, bench.b.doubles(), 1e-15);
        }
    }

    @Test
    void refusesWhatCannotTrain() {
        assertThrows(IllegalArgumentException.class, () -> new Adam(1, 0.999, 1e-8, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Adam(0.9, -0.1, 1e-8, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Adam(0.9, 0.999, -1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> Adam.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Lars.of(-1));
        assertThrows(IllegalArgumentException.class, () -> new Lars(1, 0, 0.001));
        assertThrows(IllegalArgumentException.class, () -> new Lars(0.9, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Sgd(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Sgd(0.9, -1));
        assertThrows(IllegalArgumentException.class, () -> new Sgd(0, true, 0, ParameterRules.USUAL));
        assertThrows(IllegalArgumentException.class, () -> new ClippedGradient(new Sgd(0, 0), 0));
        assertThrows(IllegalArgumentException.class, () -> new ParameterRules(false, List.of(), 0));
    }

    private static void threeSteps(OptimizerBench bench) {
        for (int i = 1; i <= 3; i++) {
            double[] w = GRADIENT_W.clone();
            double[] b = GRADIENT_B.clone();
            w[0] *= i;
            b[1] *= -i;
            bench.step(w, b, 0.05 / i);
        }
    }
}
