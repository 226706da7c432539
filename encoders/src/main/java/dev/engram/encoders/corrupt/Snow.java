package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Snow: flakes that fall down one slope and, upside down, the other, before a picture that is paler. Flakes are the highest of normal draws, enlarged and blurred by their motion. */
final class Snow {
    private static final double STEEPEST = -135;
    private static final double OTHER_STEEPEST = -45;
    /** Of red, green and blue in gray (ITU-R BT.601). */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private Snow() {}

    /** @param strength mean and deviation of the draws, their enlargement, the least that is a flake, half the length and the deviation of its motion, and how much is left of the picture's own colors */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        apply(values, shape, strength, draws::normal, () -> draws.uniform(STEEPEST, OTHER_STEEPEST));
    }

    static void apply(double[] values, ImageShape shape, double[] strength, DoubleSupplier normal, DoubleSupplier degrees) {
        double[] flakes = flakes(new ImageShape(1, shape.height(), shape.width()), strength, normal, degrees);
        double[] gray = gray(values, shape);
        for (int i = 0; i < values.length; i++) {
            int at = i % flakes.length;
            double pale = Math.max(values[i], 1.5 * gray[at] + 0.5);
            values[i] = strength[6] * values[i] + (1 - strength[6]) * pale + flakes[at] + flakes[flakes.length - 1 - at];
        }
    }

    private static double[] flakes(ImageShape shape, double[] strength, DoubleSupplier normal, DoubleSupplier degrees) {
        double[] drawn = new double[shape.bytes()];
        Arrays.setAll(drawn, i -> strength[0] + strength[1] * normal.getAsDouble());
        double[] flakes = ZoomBlur.enlarged(drawn, shape, strength[2]);
        for (int i = 0; i < flakes.length; i++) {
            flakes[i] = flakes[i] < strength[3] ? 0 : Math.min(1, flakes[i]);
        }
        MotionBlur.apply(flakes, shape, strength[4], strength[5], degrees.getAsDouble());
        return flakes;
    }

    private static double[] gray(double[] values, ImageShape shape) {
        double[] gray = new double[shape.height() * shape.width()];
        if (shape.channels() != LUMA.length) {
            System.arraycopy(values, 0, gray, 0, gray.length);
            return gray;
        }
        for (int i = 0; i < values.length; i++) {
            gray[i % gray.length] += LUMA[i / gray.length] * values[i];
        }
        return gray;
    }
}
