package dev.engram.encoders.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ViewMakerTest {
    private static final ViewRecipe BILINEAR = new ViewRecipe(
            CropRange.STANDARD, 0.5, 0.5, new JitterRange(0.8, 0.8, 0.8, 0.5, 0.7), 0.3,
            new BlurRange(5, 0.1, 2, 0.4), new SolarizeRange(0.5, 0.3), new NoiseRange(0.2, 0.4));
    private static final ViewGroup EVERYTHING = ViewGroup.of(
            3, BILINEAR, BILINEAR.crop(CropRange.STANDARD.bicubic()).blur(new BlurRange(3, 0.1, 2, 0.4)), BILINEAR.crop(CropRange.padded(4)));

    /** Single precision, seven or so additions and products. */
    private static final float TOLERANCE = 2e-6f;

    @FunctionalInterface
    interface New {
        ViewMaker maker(Normalization normalization, int side);
    }

    static List<Named<New>> makers() {
        return List.of(Named.of("program", ViewProgram::new), Named.of("loops", HostViews::new));
    }

    static Stream<Arguments> sizes() {
        return makers().stream().flatMap(maker -> Stream.of(
                Arguments.of(maker, 30, 26, 20),
                Arguments.of(maker, 9, 13, 31),
                Arguments.of(maker, 32, 32, 32),
                Arguments.of(maker, 71, 40, 8)));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void agreesWithTorchvision(New of) throws IOException {
        TorchvisionOracle oracle = TorchvisionOracle.read();
        try (ViewMaker maker = of.maker(Normalization.HALF, oracle.side());
                Scope scope = Scope.open()) {
            for (TorchvisionOracle.Case expected : oracle.cases()) {
                Tensor image = scope.bytes(expected.image(), 1, 3, oracle.height(), oracle.width());
                Tensor view = maker.apply(scope, image, new int[1], List.of(expected.parameters()));
                assertArrayEquals(expected.view(), view.floats(), 20 * TOLERANCE, expected.name());
                assertEquals(0, meanError(expected.view(), view.floats()), TOLERANCE, expected.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aWholeBatchOfRandomViewsAgreesWithPlainJava(New of, int height, int width, int side) {
        ViewSampler sampler = new ViewSampler(EVERYTHING, side, 3, "test");
        List<ViewParameters> views = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            views.add(sampler.draw(0, i, 0, i, height, width));
        }
        agreeWithPlainJava(of, height, width, side, views);
    }

    /** One pixel, one row, one column, as large as the view in one direction alone, and everything with its padding. */
    @ParameterizedTest
    @MethodSource("makers")
    void cropsOfEveryShapeAgreeWithPlainJava(New of) {
        int side = 8;
        List<CropRectangle> crops = List.of(
                new CropRectangle(3, 4, 1, 1), new CropRectangle(10, 0, 1, 9), new CropRectangle(0, 8, 11, 1), new CropRectangle(1, 0, side, 5),
                new CropRectangle(0, 1, 5, side), new CropRectangle(2, 1, side, side), new CropRectangle(0, 0, 11, 9));
        List<ViewParameters> views = new ArrayList<>(crops.stream().map(ViewParameters::plain).toList());
        for (Interpolation interpolation : Interpolation.values()) {
            for (CropRectangle crop : List.of(new CropRectangle(0, 0, 17, 15), new CropRectangle(0, 0, 2, 2), new CropRectangle(15, 11, 2, 4))) {
                views.add(new ViewParameters(
                        crop, 3, interpolation, true, true, Optional.empty(), false, Optional.empty(), OptionalDouble.empty(), Optional.empty()));
            }
        }
        agreeWithPlainJava(of, 11, 9, side, views);
    }

    /** Hue where there is none, where two channels share the greatest value, and all the way round. */
    @ParameterizedTest
    @MethodSource("makers")
    void everyHueAgreesWithPlainJava(New of) {
        byte[] colors = new byte[3 * 8 * 8];
        for (int pixel = 0; pixel < 64; pixel++) {
            colors[pixel] = (byte) (85 * (pixel % 4));
            colors[64 + pixel] = (byte) (85 * (pixel / 4 % 4));
            colors[128 + pixel] = (byte) (85 * (pixel / 16));
        }
        List<ViewParameters> views = Stream.of(-0.5, -1.0 / 3, -0.1, 0.0, 1.0 / 6, 0.4, 0.5)
                .map(turn -> new ViewParameters(
                        CropRectangle.whole(8, 8), 0, Interpolation.BILINEAR, false, false,
                        Optional.of(new ViewParameters.Jitter(List.of(ColorOperation.HUE), 1, 1, 1, turn)),
                        false, Optional.empty(), OptionalDouble.empty(), Optional.empty()))
                .toList();
        agreeWithPlainJava(of, 8, 8, 8, views, colors);
    }

    @Test
    void loopsMakeTheSameBitsWhateverTheBatchAndTheThreads() {
        int side = 32;
        byte[] images = new byte[2 * 3 * 40 * 40];
        new Random(5).nextBytes(images);
        ViewSampler sampler = new ViewSampler(EVERYTHING, side, 3, "test");
        List<ViewParameters> views = IntStream.range(0, 15).mapToObj(i -> sampler.draw(0, i, 0, i, 40, 40)).toList();
        int[] imageOfView = IntStream.range(0, 15).map(i -> i % 2).toArray();
        int before = TorchEngine.threads();
        try (ViewMaker maker = new HostViews(Normalization.IMAGENET, side);
                Scope scope = Scope.open()) {
            Tensor both = scope.bytes(images, 2, 3, 40, 40);
            TorchEngine.start(1);
            float[] together = maker.apply(scope, both, imageOfView, views).floats();
            TorchEngine.start(4);
            assertArrayEquals(together, maker.apply(scope, both, imageOfView, views).floats());
            float[] last = maker.apply(scope, both, new int[] {imageOfView[14]}, views.subList(14, 15)).floats();
            assertArrayEquals(Arrays.copyOfRange(together, 14 * last.length, 15 * last.length), last);
        } finally {
            TorchEngine.start(before);
        }
    }

    private static void agreeWithPlainJava(New of, int height, int width, int side, List<ViewParameters> views) {
        byte[] images = new byte[views.size() * 3 * height * width];
        new Random(7).nextBytes(images);
        agreeWithPlainJava(of, height, width, side, views, images);
    }

    /** Each view of an image of its own, as far as there are several. */
    private static void agreeWithPlainJava(New of, int height, int width, int side, List<ViewParameters> views, byte[] images) {
        int bytes = 3 * height * width;
        int n = images.length / bytes;
        int[] imageOfView = IntStream.range(0, views.size()).map(view -> view % n).toArray();
        try (ViewMaker maker = of.maker(Normalization.HALF, side);
                Scope scope = Scope.open()) {
            float[] batch = maker.apply(scope, scope.bytes(images, n, 3, height, width), imageOfView, views).floats();
            int values = batch.length / views.size();
            for (int i = 0; i < views.size(); i++) {
                byte[] image = Arrays.copyOfRange(images, imageOfView[i] * bytes, (imageOfView[i] + 1) * bytes);
                float[] expected = normalized(ViewPicture.values(image, height, width, side, views.get(i)));
                float[] actual = Arrays.copyOfRange(batch, i * values, (i + 1) * values);
                assertEquals(0, meanError(expected, actual), TOLERANCE, "view " + i + ": " + views.get(i));
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
