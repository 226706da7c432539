package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.IntBinaryOperator;

/**
 * A picture on rubber: stretched by an affine map that moves three points at random, then every pixel displaced by a smooth random field. Between pixels
 * values are linear (the library of the published code rounds positions to 1/32 of a pixel when it stretches). Cost: four blurs of one channel along lines, and eight reads a value.
 */
final class Elastic {
    private static final double REACH = 3;

    private Elastic() {}

    /** @param strength of the displacement, deviation of its smoothing, and how far the three points move, in pixels */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        apply(values, shape, strength, draws::uniform);
    }

    static void apply(double[] values, ImageShape shape, double[] strength, DoubleSupplier uniform) {
        stretch(values, shape, strength[2], uniform);
        if (strength[0] > 0) {
            double[] right = field(shape, strength[0], strength[1], uniform);
            double[] down = field(shape, strength[0], strength[1], uniform);
            displace(values, shape, down, right);
        }
    }

    /**
     * Moves the corners (t, t), (t, -t) and (-t, -t), in x and y from the middle, t a third of the shorter side, each by up to {@code most} along x and y. A pixel p lies at
     * the second corner + a times the way to the first + b times the way to the third: there it is read in the picture before.
     */
    private static void stretch(double[] values, ImageShape shape, double most, DoubleSupplier uniform) {
        int third = Math.max(1, Math.min(shape.height(), shape.width()) / 3);
        int middleX = shape.width() / 2;
        int middleY = shape.height() / 2;
        double[] moved = {third, third, third, -third, -third, -third};
        Arrays.setAll(moved, i -> moved[i] + most * (2 * uniform.getAsDouble() - 1));
        double firstX = moved[0] - moved[2];
        double firstY = moved[1] - moved[3];
        double thirdX = moved[4] - moved[2];
        double thirdY = moved[5] - moved[3];
        double area = firstX * thirdY - firstY * thirdX;
        double[] before = values.clone();
        for (int i = 0; i < shape.height() * shape.width(); i++) {
            double x = i % shape.width() - middleX - moved[2];
            double y = i / shape.width() - middleY - moved[3];
            double a = (x * thirdY - y * thirdX) / area;
            double b = (firstX * y - firstY * x) / area;
            read(before, values, shape, i, middleY + third * (2 * a - 1), middleX + third * (1 - 2 * b), Border::once);
        }
    }

    /** Draws from -1 to 1 for each pixel, smoothed, times a strength. */
    private static double[] field(ImageShape shape, double strength, double deviation, DoubleSupplier uniform) {
        double[] drawn = new double[shape.height() * shape.width()];
        Arrays.setAll(drawn, i -> 2 * uniform.getAsDouble() - 1);
        double[] weights = GaussianBlur.weights((int) (REACH * deviation + 0.5), deviation);
        double[] alongColumns = smoothed(drawn, weights, shape.width(), shape.height());
        double[] field = smoothed(alongColumns, weights, 1, shape.width());
        Arrays.setAll(field, i -> strength * field[i]);
        return field;
    }

    /** Along lines of {@code length} values that are {@code step} apart. */
    private static double[] smoothed(double[] field, double[] weights, int step, int length) {
        double[] smoothed = new double[field.length];
        int reach = weights.length / 2;
        for (int i = 0; i < field.length; i++) {
            int at = i / step % length;
            for (int j = 0; j < weights.length; j++) {
                smoothed[i] += weights[j] * field[i + step * (Border.twice(at + j - reach, length) - at)];
            }
        }
        return smoothed;
    }

    private static void displace(double[] values, ImageShape shape, double[] down, double[] right) {
        double[] before = values.clone();
        for (int i = 0; i < down.length; i++) {
            read(before, values, shape, i, i / shape.width() + down[i], i % shape.width() + right[i], Border::twice);
        }
    }

    /** Sets pixel {@code to} in every channel to what lies at (y, x). */
    private static void read(double[] from, double[] values, ImageShape shape, int to, double y, double x, IntBinaryOperator border) {
        int row = (int) Math.floor(y);
        int column = (int) Math.floor(x);
        int upper = border.applyAsInt(row, shape.height()) * shape.width();
        int lower = border.applyAsInt(row + 1, shape.height()) * shape.width();
        int left = border.applyAsInt(column, shape.width());
        int right = border.applyAsInt(column + 1, shape.width());
        for (int plane = 0; plane < values.length; plane += shape.height() * shape.width()) {
            double above = between(from[plane + upper + left], from[plane + upper + right], x - column);
            double below = between(from[plane + lower + left], from[plane + lower + right], x - column);
            values[plane + to] = between(above, below, y - row);
        }
    }

    private static double between(double first, double second, double share) {
        return (1 - share) * first + share * second;
    }
}
