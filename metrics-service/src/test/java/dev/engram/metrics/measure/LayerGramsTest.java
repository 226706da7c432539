package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.TapRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerGramsTest {
    private static final int IMAGES = 5;

    @Test
    void productsOfTheVectorsOfAnyLayerWithoutTheirMean() {
        Random random = new Random(3);
        float[] pixels = new float[IMAGES * 3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        var network = ResNet9.encoder();
        try (Scope scope = Scope.open();
                StateDict state = StateLayout.of(network).initialState(4);
                LayerGrams flat = new LayerGrams(network, false);
                LayerGrams pooled = new LayerGrams(network, true)) {
            Tensor images = scope.floats(pixels, IMAGES, 3, 32, 32);
            List<float[]> flatGrams = flat.of(state, images);
            List<float[]> pooledGrams = pooled.of(state, images);
            for (int layer : new int[] {0, 6, flat.layers().size() - 1}) {
                String path = flat.layers().get(layer).layer().layer();
                assertGram(rows(scope, state, images, TapRequest.flat(path)), flatGrams.get(layer), path);
                assertGram(rows(scope, state, images, TapRequest.mean(path)), pooledGrams.get(layer), path);
            }
        }
    }

    private static double[][] rows(Scope scope, StateDict state, Tensor images, TapRequest request) {
        try (Evaluation forward = Evaluation.of(ResNet9.encoder(), List.of(request))) {
            Tensor tap = forward.run(scope, state, images).tap(request);
            assertEquals(ElementType.FLOAT32, tap.type());
            float[] values = tap.floats();
            double[][] rows = new double[IMAGES][values.length / IMAGES];
            for (int i = 0; i < values.length; i++) {
                rows[i / rows[0].length][i % rows[0].length] = values[i];
            }
            return rows;
        }
    }

    private static void assertGram(double[][] rows, float[] gram, String path) {
        int width = rows[0].length;
        for (int d = 0; d < width; d++) {
            double mean = 0;
            for (double[] row : rows) {
                mean += row[d] / IMAGES;
            }
            for (double[] row : rows) {
                row[d] -= mean;
            }
        }
        for (int i = 0; i < IMAGES; i++) {
            for (int j = 0; j < IMAGES; j++) {
                double expected = 0;
                double size = 0;
                for (int d = 0; d < width; d++) {
                    expected += rows[i][d] * rows[j][d];
                    size += Math.abs(rows[i][d] * rows[j][d]);
                }
                assertEquals(expected, gram[i * IMAGES + j], 1e-5 * size, path);
            }
        }
    }
}
