package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values: src/test/oracle/linear_probe_oracle.py (scipy's BFGS on the same objective). */
class LinearProbeTest {
    private static final int DIMENSION = 6;
    private static final int CLASSES = 3;
    private static final double PENALTY = 1e-2;

    private static final double SCIPY_LOSS = 0.5777356244985942;
    private static final int SCIPY_TRAINING = 107;
    private static final int SCIPY_HELD_OUT = 47;

    @Test
    void findsTheMinimumThatScipyFinds() {
        LinearProbe.Result result = LinearProbe.fit(features(120, 0), labels(120), features(60, 1000), labels(60), PENALTY);
        assertEquals(SCIPY_LOSS, result.loss(), 1e-8);
        assertEquals(new ProbeAccuracy(SCIPY_TRAINING, 120), result.training());
        assertEquals(new ProbeAccuracy(SCIPY_HELD_OUT, 60), result.heldOut());
    }

    /** On the heap, out of the basis in which it was sought, the probe still names what scipy's names. */
    @Test
    void theProbeIsKeptForFurtherImages() {
        LinearProbe.Fitted fitted = LinearProbe.fitted(features(120, 0), labels(120), List.of(), PENALTY, iterations -> {});
        assertEquals(new ProbeAccuracy(SCIPY_TRAINING, 120), fitted.classifier().score(features(120, 0), labels(120)));
        assertEquals(new ProbeAccuracy(SCIPY_HELD_OUT, 60), fitted.classifier().score(features(60, 1000), labels(60)));
        assertTrue(message(() -> fitted.classifier().score(FeatureMatrix.zeros(1, 5), new int[1])).contains("dimension 5"));
        assertTrue(message(() -> fitted.classifier().score(features(6, 0), labels(5))).contains("labels"));
    }

    @Test
    void separatesWhatIsSeparableAndIgnoresScaleAndConstantFeatures() {
        float[][] rows = new float[40][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {1e4f * (i % 2) + i, 7, 0};
        }
        FeatureMatrix features = FeatureMatrix.of(rows);
        int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        LinearProbe.Result result = LinearProbe.fit(features, labels, features, labels, LinearProbe.DEFAULT_PENALTY);
        assertEquals(1, result.training().accuracy());
        assertEquals(1, result.heldOut().accuracy());
    }

    /** Without information in the features the best guess is the class shares: the loss is their entropy. */
    @Test
    void learnsTheClassSharesFromEmptyFeatures() {
        int[] labels = {0, 0, 0, 1};
        FeatureMatrix features = FeatureMatrix.zeros(4, 2);
        LinearProbe.Result result = LinearProbe.fit(features, labels, features, labels, 1);
        assertEquals(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), result.loss(), 1e-12);
        assertEquals(0.75, result.heldOut().accuracy());
    }

    @Test
    void posteriorsAreThoseOfTheFit() {
        double[][] shares = LinearProbe.posteriors(
                FeatureMatrix.zeros(4, 2), new int[] {0, 0, 0, 1}, FeatureMatrix.zeros(1, 2), 3, 1, iterations -> {});
        assertArrayEquals(new double[] {0.75, 0.25, 0}, shares[0], 1e-4);
        double[][] heldOut =
                LinearProbe.posteriors(features(120, 0), labels(120), features(60, 1000), 3, PENALTY, iterations -> {});
        int right = 0;
        for (int i = 0; i < heldOut.length; i++) {
            double[] row = heldOut[i];
            assertEquals(1, Arrays.stream(row).sum(), 1e-12);
            right += IntStream.range(0, 3).boxed().max(Comparator.comparingDouble(label -> row[label])).orElseThrow() == i % 3 ? 1 : 0;
        }
        assertEquals(SCIPY_HELD_OUT, right);
    }

    @Test
    void aSecondFitIsTheSameToTheLastBit() {
        LinearProbe.Result first = LinearProbe.fit(features(90, 3), labels(90), features(30, 500), labels(30), PENALTY);
        LinearProbe.Result second = LinearProbe.fit(features(90, 3), labels(90), features(30, 500), labels(30), PENALTY);
        assertEquals(first, second);
    }

    @Test
    void leavesNoTensorBehind() {
        long before = Tensor.alive();
        LinearProbe.fit(features(30, 0), labels(30), features(10, 9), labels(10), PENALTY);
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearProbe.fit(features(30, 0), labels(29), features(10, 9), labels(10), PENALTY));
        assertThrows(UnsupportedOperationException.class, () -> LinearProbe.fit(
                features(30, 0), labels(30), features(10, 9), labels(10), PENALTY, iterations -> {
                    throw new UnsupportedOperationException("stop after " + iterations);
                }));
        assertEquals(before, Tensor.alive());
    }

    @Test
    void namesWhatItCannotUse() {
        FeatureMatrix good = features(6, 0);
        FeatureMatrix bad = FeatureMatrix.of(new float[][] {{0, 0, 0, 0, 0, Float.NaN}});
        int[] labels = labels(6);
        assertTrue(message(() -> LinearProbe.fit(bad, new int[1], good, labels, 1)).contains("row 0"));
        assertTrue(message(() -> LinearProbe.fit(good, labels, bad, new int[1], 1)).contains("held-out"));
        assertTrue(message(() -> LinearProbe.fit(good, labels, good, labels, -1)).contains("penalty"));
        assertTrue(message(() -> LinearProbe.fit(good, labels, FeatureMatrix.zeros(1, 5), new int[1], 1)).contains("dimension 5"));
        assertTrue(message(() -> LinearProbe.fit(good, new int[] {0, 1, 2, 0, 1, -2}, good, labels, 1)).contains("-2"));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static FeatureMatrix features(int rows, int shift) {
        float[][] values = new float[rows][DIMENSION];
        for (int row = 0; row < rows; row++) {
            long i = row + shift;
            for (int j = 0; j < DIMENSION; j++) {
                double signal = row % CLASSES == j % CLASSES ? 0.6 : 0;
                values[row][j] = (float) (Math.sin(i * i * (j + 1) * 0.37) + signal);
            }
        }
        return FeatureMatrix.of(values);
    }

    private static int[] labels(int rows) {
        return IntStream.range(0, rows).map(i -> i % CLASSES).toArray();
    }
}
