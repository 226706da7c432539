package dev.engram.encoders.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.Device;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.random.StatelessRandom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistanceFilterTest {
    private static final int DIMENSION = 48;
    private static final int ROWS = 400;
    private static final int QUERIES = 100;
    private static final double TF32 = 0x1p-10;

    /** Rows so close together that operands cut to TF32 change their order; the bound that knows of it keeps every nearest row. */
    @Test
    void productsOfShortenedOperandsRuleNoNearestRowOut() {
        int[] missed = new int[2];
        for (int query = 0; query < QUERIES; query++) {
            float[] q = normal(0, query, 1);
            float[][] rows = IntStream.range(0, ROWS).mapToObj(row -> near(q, normal(1, row, 0.01))).toArray(float[][]::new);
            int nearest = IntStream.range(0, ROWS).boxed()
                    .min((a, b) -> Double.compare(ExactKnn.squaredDistance(q, rows[a]), ExactKnn.squaredDistance(q, rows[b]))).orElseThrow();
            missed[0] += keeps(q, rows, nearest, 0) ? 0 : 1;
            missed[1] += keeps(q, rows, nearest, TF32) ? 0 : 1;
        }
        assertTrue(missed[0] > QUERIES / 4, "the bound of float32 misses " + missed[0]);
        assertEquals(0, missed[1]);
    }

    @Test
    void theBoundOfFloat32IsAsItWas() {
        double roundings = (DIMENSION + 3) * 0x1p-24;
        assertEquals(1.001 * (roundings / (1 - roundings) + 0x1p-22), DistanceFilter.errorFactor(DIMENSION, 0), 1e-20);
        assertEquals(0, TorchEngine.device().isCuda() ? 0 : TorchEngine.operandRounding());
    }

    @Test
    void theProcessorsBfloat16IsOfNoUseToACard(@TempDir Path folder) throws Exception {
        Path processor = Files.writeString(folder.resolve("cpuinfo"), "flags : fpu avx512_bf16 amx_tile\n");
        assertTrue(BrainSearch.isFast(processor));
        assertFalse(BrainSearch.isFast(Files.writeString(folder.resolve("old"), "flags : fpu avx2\n")));
        assertFalse(BrainSearch.isFast(new Device("cuda:0")));
    }

    private static boolean keeps(float[] q, float[][] rows, int nearest, double rounding) {
        float[] scores = new float[ROWS];
        double[] norms = new double[ROWS];
        double largest = 0;
        for (int row = 0; row < ROWS; row++) {
            norms[row] = Math.sqrt(product(rows[row], rows[row]));
            largest = Math.max(largest, norms[row]);
            scores[row] = (float) (product(rows[row], rows[row]) - 2 * product(shortened(q), shortened(rows[row])));
        }
        DistanceFilter filter = new DistanceFilter(DIMENSION, 1, ROWS, rounding);
        int count = filter.scan(scores, norms, largest, ROWS, Math.sqrt(product(q, q)), Double.POSITIVE_INFINITY);
        return IntStream.range(0, count).anyMatch(i -> filter.candidate(i) == nearest);
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Cut to 11 significant bits, toward zero. */
    private static float[] shortened(float[] values) {
        float[] cut = new float[values.length];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & ~0x1fff);
        }
        return cut;
    }

    private static float[] near(float[] q, float[] step) {
        float[] row = q.clone();
        for (int i = 0; i < row.length; i++) {
            row[i] += step[i];
        }
        return row;
    }

    private static float[] normal(int purpose, int index, double deviation) {
        return StatelessRandom.of(5, "filter").at(purpose, index, 0).normalFloats(DIMENSION, 0, deviation);
    }
}
