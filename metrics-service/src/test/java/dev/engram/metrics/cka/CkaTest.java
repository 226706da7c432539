package dev.engram.metrics.cka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CkaTest {
    private final Random random = new Random(5);

    @ParameterizedTest
    @EnumSource
    void everyPairOfLayersAsByTheDefinition(HsicEstimator estimator) {
        double[][][] first = {vectors(9, 3), vectors(9, 20)};
        double[][][] second = {vectors(9, 5), mixed(first[0], 4), vectors(9, 2)};
        Cka cka = new Cka(estimator, 2, 3);
        cka.add(grams(first), grams(second), 9);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = naive(estimator, first[i], second[j])
                        / Math.sqrt(naive(estimator, first[i], first[i]) * naive(estimator, second[j], second[j]));
                assertEquals(expected, cka.value(i, j), 1e-5, i + ", " + j);
            }
        }
    }

    /** X[i][j] = sin(0.7 i + 0.3 j + 0.1), 8 × 3, and Y[i][j] = cos(0.5 i (j + 1) − 0.2 j + 0.05), 8 × 4, by NumPy in double. */
    @Test
    void twoSmallLayersByTheFormulasOfThePapers() {
        double[][] x = new double[8][3];
        double[][] y = new double[8][4];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 4; j++) {
                y[i][j] = Math.cos(0.5 * i * (j + 1) - 0.2 * j + 0.05);
                if (j < 3) {
                    x[i][j] = Math.sin(0.7 * i + 0.3 * j + 0.1);
                }
            }
        }
        Cka biased = new Cka(HsicEstimator.BIASED, 1, 1);
        biased.add(grams(x), grams(y), 8);
        assertEquals(0.519959905772, biased.value(0, 0), 1e-6);
        Cka unbiased = new Cka(HsicEstimator.UNBIASED, 1, 1);
        unbiased.add(grams(x), grams(y), 8);
        assertEquals(0.423070875536, unbiased.value(0, 0), 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void aLayerIsLikeItselfHoweverItIsTurnedScaledAndMoved(HsicEstimator estimator) {
        double[][] x = vectors(12, 2);
        double[][] turned = new double[12][2];
        for (int i = 0; i < 12; i++) {
            turned[i][0] = 3 * (0.6 * x[i][0] - 0.8 * x[i][1]) + 7;
            turned[i][1] = 3 * (0.8 * x[i][0] + 0.6 * x[i][1]) - 2;
        }
        Cka cka = new Cka(estimator, 1, 1);
        cka.add(grams(x), grams(turned), 12);
        assertEquals(1, cka.value(0, 0), 1e-5);
    }

    /** Wide random layers have nothing in common; the biased estimate says otherwise, which is why it is not the default. */
    @Test
    void onlyTheUnbiasedEstimateSeesThatWideRandomLayersAreUnlike() {
        Cka unbiased = new Cka(HsicEstimator.UNBIASED, 1, 1);
        Cka biased = new Cka(HsicEstimator.BIASED, 1, 1);
        for (int batch = 0; batch < 10; batch++) {
            List<float[]> x = grams(vectors(20, 300));
            List<float[]> y = grams(vectors(20, 300));
            unbiased.add(x, y, 20);
            biased.add(x, y, 20);
        }
        assertEquals(0, unbiased.value(0, 0), 0.1);
        assertTrue(biased.value(0, 0) > 0.9);
    }

    @Test
    void theUnbiasedEstimateDoesNotDependOnTheBatchSize() {
        double[][] x = vectors(1200, 4);
        double[][] y = mixed(x, 6);
        assertEquals(inBatches(x, y, 1200), inBatches(x, y, 12), 0.03);
    }

    @Test
    void partsMergeAndResumeToTheSameBits() throws IOException {
        List<List<float[]>> batches = List.of(grams(vectors(8, 3)), grams(vectors(8, 3)), grams(vectors(8, 3)));
        List<float[]> other = grams(vectors(8, 5));
        Cka whole = new Cka(HsicEstimator.UNBIASED, 1, 1);
        batches.forEach(batch -> whole.add(batch, other, 8));

        Cka begun = new Cka(HsicEstimator.UNBIASED, 1, 1);
        begun.add(batches.get(0), other, 8);
        Cka resumed = new Cka(HsicEstimator.UNBIASED, 1, 1);
        resumed.read(new DataInputStream(new ByteArrayInputStream(bytes(begun))));
        Cka rest = new Cka(HsicEstimator.UNBIASED, 1, 1);
        resumed.add(batches.get(1), other, 8);
        rest.add(batches.get(2), other, 8);
        resumed.merge(rest);
        assertArrayEquals(bytes(whole), bytes(resumed));
        assertEquals(3, resumed.batches());
        assertThrows(IllegalArgumentException.class, () -> resumed.merge(new Cka(HsicEstimator.BIASED, 1, 1)));
        assertThrows(IOException.class, () -> new Cka(HsicEstimator.UNBIASED, 2, 1)
                .read(new DataInputStream(new ByteArrayInputStream(bytes(begun)))));
    }

    @Test
    void aLayerWithoutVariationHasNoCka() {
        double[][] constant = new double[6][2];
        Cka cka = new Cka(HsicEstimator.UNBIASED, 1, 1);
        cka.add(grams(constant), grams(vectors(6, 2)), 6);
        assertTrue(Double.isNaN(cka.value(0, 0)));
    }

    @Test
    void whatIsNotFiniteIsNamedAndNothingIsAdded() {
        Cka cka = new Cka(HsicEstimator.UNBIASED, 1, 1);
        List<float[]> good = grams(vectors(6, 2));
        float[] broken = good.getFirst().clone();
        broken[7] = Float.NaN;
        var failure = assertThrows(ArithmeticException.class, () -> cka.add(good, List.of(broken), 6));
        assertEquals("second encoder, layer 0: an inner product is NaN", failure.getMessage());
        assertEquals(0, cka.batches());
        assertThrows(IllegalArgumentException.class, () -> cka.add(grams(vectors(3, 2)), grams(vectors(3, 2)), 3));
    }

    private static double inBatches(double[][] x, double[][] y, int size) {
        Cka cka = new Cka(HsicEstimator.UNBIASED, 1, 1);
        for (int from = 0; from < x.length; from += size) {
            cka.add(grams(rows(x, from, size)), grams(rows(y, from, size)), size);
        }
        return cka.value(0, 0);
    }

    private static double[][] rows(double[][] x, int from, int count) {
        return java.util.Arrays.copyOfRange(x, from, from + count);
    }

    private static double naive(HsicEstimator estimator, double[][] x, double[][] y) {
        return switch (estimator) {
            case UNBIASED -> NaiveCka.unbiased(NaiveCka.gram(x), NaiveCka.gram(y));
            case BIASED -> NaiveCka.biased(NaiveCka.gram(x), NaiveCka.gram(y));
        };
    }

    private double[][] vectors(int count, int width) {
        double[][] vectors = new double[count][width];
        for (double[] vector : vectors) {
            for (int d = 0; d < width; d++) {
                vector[d] = random.nextGaussian();
            }
        }
        return vectors;
    }

    /** Half the first values of x, half noise. */
    private double[][] mixed(double[][] x, int width) {
        double[][] mixed = vectors(x.length, width);
        for (int i = 0; i < x.length; i++) {
            for (int d = 0; d < Math.min(width, x[i].length); d++) {
                mixed[i][d] += x[i][d];
            }
        }
        return mixed;
    }

    private static List<float[]> grams(double[][]... layers) {
        return java.util.Arrays.stream(layers).map(CkaTest::floats).toList();
    }

    private static float[] floats(double[][] x) {
        double[][] gram = NaiveCka.gram(x);
        float[] floats = new float[x.length * x.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) gram[i / x.length][i % x.length];
        }
        return floats;
    }

    private static byte[] bytes(Cka cka) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cka.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
