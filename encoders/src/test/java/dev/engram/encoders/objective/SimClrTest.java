package dev.engram.encoders.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimClrTest {
    private static final int N = 4;
    private static final int D = 3;

    @Test
    void agreesWithTheReferenceInDouble() {
        assertEquals(2.470074996551, loss(0.15, z1(), z2()), 1e-9);
        assertEquals(2.074969135520, loss(0.5, z1(), z2()), 1e-9);
    }

    @Test
    void agreesWithTheReferenceInFloat() {
        try (ObjectiveGradient objective = new ObjectiveGradient(new SimClr(0.15));
                Scope scope = Scope.open()) {
            ObjectiveGradient.Value value =
                    objective.at(scope, scope.floats(floats(z1()), N, D), scope.floats(floats(z2()), N, D));
            assertEquals(2.470074996551, value.loss().item(), 1e-4);
            assertArrayEquals(
                    new float[] {-0.566862015946f, -0.180632463407f, 0.197034897989f},
                    Arrays.copyOf(value.gradients().get(0).floats(), D), 1e-4f);
        }
    }

    @Test
    void gradientAgreesWithTheReference() {
        try (ObjectiveGradient objective = new ObjectiveGradient(new SimClr(0.15));
                Scope scope = Scope.open()) {
            double[] gradient = objective.at(scope, tensor(scope, z1()), tensor(scope, z2())).gradients().get(0).doubles();
            assertArrayEquals(
                    new double[] {-0.566862015946, -0.180632463407, 0.197034897989}, Arrays.copyOf(gradient, D), 1e-9);
        }
    }

    @Test
    void gradientAgreesWithDifferences() {
        double step = 1e-5;
        try (ObjectiveGradient objective = new ObjectiveGradient(new SimClr(0.3));
                Scope scope = Scope.open()) {
            double[] gradient = objective.at(scope, tensor(scope, z1()), tensor(scope, z2())).gradients().get(1).doubles();
            for (int i = 0; i < N * D; i++) {
                double[] up = z2();
                double[] down = z2();
                up[i] += step;
                down[i] -= step;
                assertEquals((loss(0.3, z1(), up) - loss(0.3, z1(), down)) / (2 * step), gradient[i], 1e-7);
            }
        }
    }

    @Test
    void isTheLogarithmOfTheOthersWhenAllEmbeddingsAreEqual() {
        double[] equal = new double[N * D];
        Arrays.fill(equal, 0.7);
        assertEquals(Math.log(2 * N - 1), loss(0.15, equal, equal), 1e-12);
    }

    @Test
    void approachesZeroWhenOnlyThePositivesAgree() {
        double[] axes = {1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0};
        double expected = Math.log(
                Math.exp(1 / 0.5) + 4 * 1 + 2 * (Math.exp(-1 / 0.5))) - 1 / 0.5;
        double alone = Math.log(Math.exp(1 / 0.5) + 6) - 1 / 0.5;
        assertEquals((expected + alone) / 2, loss(0.5, axes, axes), 1e-12);
        assertEquals(0, loss(0.01, axes, axes), 1e-12);
    }

    @Test
    void doesNotDependOnTheOrderOfViewsNorOnLengths() {
        double[] longer = z1();
        for (int i = 0; i < longer.length; i++) {
            longer[i] *= 5;
        }
        assertEquals(loss(0.15, z1(), z2()), loss(0.15, z2(), z1()), 1e-12);
        assertEquals(loss(0.15, z1(), z2()), loss(0.15, longer, z2()), 1e-12);
    }

    @Test
    void aZeroEmbeddingDoesNotMakeItInfinite() {
        double[] zero = z1();
        Arrays.fill(zero, 0, D, 0);
        assertEquals(true, Double.isFinite(loss(0.15, zero, z2())));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATemperatureThatIsNotPositive(double temperature) {
        assertEquals("temperature must be positive and finite, is " + temperature,
                assertThrows(IllegalArgumentException.class, () -> new SimClr(temperature)).getMessage());
    }

    private static double loss(double temperature, double[] z1, double[] z2) {
        try (ObjectiveGradient objective = new ObjectiveGradient(new SimClr(temperature));
                Scope scope = Scope.open()) {
            return objective.at(scope, tensor(scope, z1), tensor(scope, z2)).loss().item();
        }
    }

    private static Tensor tensor(Scope scope, double[] z) {
        return scope.doubles(z, N, D);
    }

    private static double[] z1() {
        double[] z = new double[N * D];
        for (int i = 0; i < N * D; i++) {
            z[i] = Math.sin(0.7 * (i / D) + 0.3 * (i % D) + 0.1);
        }
        return z;
    }

    private static double[] z2() {
        double[] z = new double[N * D];
        for (int i = 0; i < N * D; i++) {
            z[i] = Math.cos(0.5 * (i / D) - 0.2 * (i % D) + 0.05);
        }
        return z;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
