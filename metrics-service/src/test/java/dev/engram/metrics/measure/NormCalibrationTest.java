package dev.engram.metrics.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NormCalibrationTest {
    private static final int[] ONE_BATCH = IntStream.range(0, 24).toArray();

    @BeforeAll
    static void start() {
        TorchEngine.start(1);
    }

    /**
     * Scales are 1 and shifts 0 at the beginning, so a normalization that goes by the batch leaves mean 0 and variance (n-1)/n, at every depth; but for what
     * the unbiased variances of the normalizations before, of 96 values and more, make of that.
     */
    @Test
    void everyNormalizationDoesItsWorkOnTheImagesItWasCalibratedWith() throws Exception {
        ResNet9 network = ResNet9.encoder();
        List<String> norms = StateLayout.of(network).taps().stream()
                .filter(tap -> tap.kind() == Tap.Kind.BATCH_NORM)
                .map(Tap::path)
                .toList();
        List<TapRequest> requests = norms.stream().map(TapRequest::raw).toList();
        try (Scope scope = Scope.open();
                StateDict state = StateLayout.of(network).initialState(3);
                AugmentedViews source = views();
                Evaluation forward = Evaluation.of(network, requests)) {
            NormCalibration.calibrate(network, state, source, ONE_BATCH, 1, () -> {});
            Tensor seen = source.views(scope, ONE_BATCH, 0, 0, 1);
            Activations activations = forward.run(scope, state, seen);
            for (TapRequest request : requests) {
                Tensor values = activations.tap(request);
                checkMoments(request.path(), values.floats(), values.shape());
            }
        }
    }

    private static void checkMoments(String path, float[] values, long[] shape) {
        int units = (int) shape[1];
        int positions = (int) (shape[2] * shape[3]);
        int n = (int) shape[0] * positions;
        int dead = 0;
        for (int unit = 0; unit < units; unit++) {
            double sum = 0;
            double squares = 0;
            for (int image = 0; image < shape[0]; image++) {
                for (int position = 0; position < positions; position++) {
                    double value = values[(image * units + unit) * positions + position];
                    sum += value;
                    squares += value * value;
                }
            }
            assertEquals(0, sum / n, 2e-2, path + " unit " + unit);
            // A unit that hardly varies is held down by epsilon.
            double variance = squares / n;
            dead += variance < 0.5 ? 1 : 0;
            assertTrue(variance <= (n - 1.0) / n + 2e-2, path + " unit " + unit + ": " + variance);
        }
        assertTrue(dead < units / 4, path + ": " + dead + " units hardly vary");
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws Exception {
        ResNet9 network = ResNet9.encoder();
        int[] indices = IntStream.range(0, 70).toArray();
        try (StateDict one = StateLayout.of(network).initialState(3);
                StateDict two = StateLayout.of(network).initialState(3);
                AugmentedViews source = views()) {
            NormCalibration.calibrate(network, one, source, indices, 1, () -> {});
            NormCalibration.calibrate(network, two, source, indices, 2, () -> {});
            assertEquals(one.digest(), two.digest());
        }
    }

    @Test
    void wholeBatchesSpreadOverAllImages() {
        assertArrayEquals(new int[] {5, 7}, NormCalibration.spread(new int[] {5, 7}));
        assertEquals(64, NormCalibration.spread(IntStream.range(0, 70).toArray()).length);
        int[] most = NormCalibration.spread(IntStream.range(0, 50_000).toArray());
        assertEquals(1024, most.length);
        assertEquals(0, most[0]);
        assertTrue(most[1023] > 49_900);
    }

    private static AugmentedViews views() {
        ImageSet images = EncoderInput.of(FashionMnist.test().select(IntStream.range(0, 80).toArray()), 32);
        return new AugmentedViews(images, AugmentationRecipe.named("simclr-normal"), 32, 0, "measure");
    }
}
