package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewProgramTest {
    private static final AugmentationRecipe EVERYTHING = new AugmentationRecipe(
            "everything", CropRange.STANDARD, 0.5, 0.5, new JitterRange(0.8, 0.8, 0.8, 0.5, 0.7), 0.3,
            new BlurRange(5, 0.1, 2, 0.4), new SolarizeRange(0.5, 0.3), Normalization.HALF);

    /** Single precision, seven or so additions and products. */
    private static final float TOLERANCE = 2e-6f;

    @Test
    void agreesWithTorchvision() throws IOException {
        TorchvisionOracle oracle = TorchvisionOracle.read();
        try (ViewProgram program = new ViewProgram(EVERYTHING, oracle.side());
                Scope scope = Scope.open()) {
            for (TorchvisionOracle.Case expected : oracle.cases()) {
                Tensor view = program.apply(
                        scope, ByteBuffer.wrap(expected.image()), oracle.height(), oracle.width(), List.of(expected.parameters()));
                assertArrayEquals(expected.view(), view.floats(), 20 * TOLERANCE, expected.name());
                assertEquals(0, meanError(expected.view(), view.floats()), TOLERANCE, expected.name());
            }
        }
    }

    @Test
    void aWholeBatchOfRandomViewsAgreesWithPlainJava() {
        int height = 30;
        int width = 26;
        int side = 20;
        int n = 64;
        byte[] images = new byte[n * 3 * height * width];
        new Random(7).nextBytes(images);
        ViewSampler sampler = new ViewSampler(EVERYTHING, 3, "test");
        List<ViewParameters> views = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            views.add(sampler.draw(0, i, 0, height, width));
        }
        try (ViewProgram program = new ViewProgram(EVERYTHING, side);
                Scope scope = Scope.open()) {
            float[] batch = program.apply(scope, ByteBuffer.wrap(images), height, width, views).floats();
            int bytes = images.length / n;
            int values = batch.length / n;
            for (int i = 0; i < n; i++) {
                byte[] image = java.util.Arrays.copyOfRange(images, i * bytes, (i + 1) * bytes);
                float[] expected = ReferenceView.of(image, height, width, side, views.get(i), EVERYTHING);
                float[] actual = java.util.Arrays.copyOfRange(batch, i * values, (i + 1) * values);
                assertEquals(0, meanError(expected, actual), 2e-6, "view " + i + ": " + views.get(i));
            }
        }
    }

    @Test
    void plainJavaAgreesWithTorchvision() throws IOException {
        TorchvisionOracle oracle = TorchvisionOracle.read();
        for (TorchvisionOracle.Case expected : oracle.cases()) {
            float[] view = ReferenceView.of(
                    expected.image(), oracle.height(), oracle.width(), oracle.side(), expected.parameters(), EVERYTHING);
            assertEquals(0, meanError(expected.view(), view), TOLERANCE, expected.name());
        }
    }

    private static double meanError(float[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.abs(expected[i] - actual[i]);
        }
        return sum / expected.length;
    }
}
