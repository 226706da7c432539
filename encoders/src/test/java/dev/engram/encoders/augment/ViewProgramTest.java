package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.image.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewProgramTest {
    private static final ViewRecipe BILINEAR = new ViewRecipe(
            CropRange.STANDARD, 0.5, 0.5, new JitterRange(0.8, 0.8, 0.8, 0.5, 0.7), 0.3,
            new BlurRange(5, 0.1, 2, 0.4), new SolarizeRange(0.5, 0.3), new NoiseRange(0.2, 0.4));
    private static final ViewGroup EVERYTHING = ViewGroup.of(
            3, BILINEAR, BILINEAR.crop(CropRange.STANDARD.bicubic()).blur(new BlurRange(3, 0.1, 2, 0.4)), BILINEAR.crop(CropRange.padded(4)));

    /** Single precision, seven or so additions and products. */
    private static final float TOLERANCE = 2e-6f;

    @Test
    void agreesWithTorchvision() throws IOException {
        TorchvisionOracle oracle = TorchvisionOracle.read();
        try (ViewProgram program = new ViewProgram(Normalization.HALF, oracle.side());
                Scope scope = Scope.open()) {
            for (TorchvisionOracle.Case expected : oracle.cases()) {
                Tensor image = scope.bytes(expected.image(), 1, 3, oracle.height(), oracle.width());
                Tensor view = program.apply(scope, image, new int[1], List.of(expected.parameters()));
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
        ViewSampler sampler = new ViewSampler(EVERYTHING, side, 3, "test");
        List<ViewParameters> views = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            views.add(sampler.draw(0, i, 0, i, height, width));
        }
        try (ViewProgram program = new ViewProgram(Normalization.HALF, side);
                Scope scope = Scope.open()) {
            float[] batch = program.apply(
                            scope, scope.bytes(images, n, 3, height, width), IntStream.range(0, n).toArray(), views)
                    .floats();
            int bytes = images.length / n;
            int values = batch.length / n;
            for (int i = 0; i < n; i++) {
                byte[] image = java.util.Arrays.copyOfRange(images, i * bytes, (i + 1) * bytes);
                float[] expected = normalized(ViewPicture.values(image, height, width, side, views.get(i)));
                float[] actual = java.util.Arrays.copyOfRange(batch, i * values, (i + 1) * values);
                assertEquals(0, meanError(expected, actual), 2e-6, "view " + i + ": " + views.get(i));
            }
        }
    }

    @Test
    void plainJavaAgreesWithTorchvision() throws IOException {
        TorchvisionOracle oracle = TorchvisionOracle.read();
        for (TorchvisionOracle.Case expected : oracle.cases()) {
            float[] view = normalized(ViewPicture.values(
                    expected.image(), oracle.height(), oracle.width(), oracle.side(), expected.parameters()));
            assertEquals(0, meanError(expected.view(), view), TOLERANCE, expected.name());
        }
    }

    @Test
    void aPictureIsTheViewRoundedToBytes() {
        byte[] planes = new byte[3 * 12 * 10];
        new Random(3).nextBytes(planes);
        ViewParameters view = ViewParameters.plain(new CropRectangle(1, 2, 8, 6));
        Picture picture = ViewPicture.of(new Picture(3, 12, 10, planes), 16, view);
        float[] values = ViewPicture.values(planes, 12, 10, 16, view);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i] * 255, picture.planes()[i] & 0xFF, 0.5 + 1e-4);
        }
        assertThrows(IllegalArgumentException.class, () -> ViewPicture.of(new Picture(1, 2, 2, new byte[4]), 8, view));
    }

    private static float[] normalized(float[] view) {
        float[] normalized = new float[view.length];
        for (int i = 0; i < view.length; i++) {
            normalized[i] = (view[i] - 0.5f) / 0.5f;
        }
        return normalized;
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
