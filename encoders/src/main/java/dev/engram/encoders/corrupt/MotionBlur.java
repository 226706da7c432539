package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/**
 * What a moving camera makes of a point: a line that fades. It runs from the pixel itself in one direction, a pixel a step, with the falling half of a Gaussian as weights; each step
 * reads the nearest pixel, and the border repeats (ImageMagick's motion blur, which the published code calls). Cost: 2·radius + 1 reads a value.
 */
final class MotionBlur {
    private static final double WIDEST = 45;

    private MotionBlur() {}

    /**
     * Along a direction up to 45° from the row, either way.
     *
     * @param strength half the length of the line and deviation of its weights, in pixels
     */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        apply(values, shape, strength[0], strength[1], draws.uniform(-WIDEST, WIDEST));
    }

    /** @param degrees of the direction that is read from, clockwise from the row's */
    static void apply(double[] values, ImageShape shape, double radius, double deviation, double degrees) {
        double[] weights = fading(2 * (int) Math.ceil(radius) + 1, deviation);
        int[] down = steps(weights.length, StrictMath.sin(StrictMath.toRadians(degrees)));
        int[] right = steps(weights.length, StrictMath.cos(StrictMath.toRadians(degrees)));
        int height = shape.height();
        int width = shape.width();
        double[] sharp = values.clone();
        for (int plane = 0; plane < values.length; plane += height * width) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int i = 0; i < weights.length; i++) {
                        int row = Math.clamp(y + down[i], 0, height - 1);
                        int column = Math.clamp(x + right[i], 0, width - 1);
                        sum += weights[i] * sharp[plane + row * width + column];
                    }
                    values[plane + y * width + x] = sum;
                }
            }
        }
    }

    private static double[] fading(int length, double deviation) {
        double[] both = GaussianBlur.weights(length - 1, deviation);
        double[] weights = new double[length];
        double sum = 0;
        for (int i = 0; i < length; i++) {
            weights[i] = both[length - 1 + i];
            sum += weights[i];
        }
        for (int i = 0; i < length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Whole pixels nearest to 0, 1, 2 … steps; of two that are as near the lesser. */
    private static int[] steps(int count, double step) {
        int[] steps = new int[count];
        for (int i = 0; i < count; i++) {
            steps[i] = (int) Math.ceil(i * step - 0.5);
        }
        return steps;
    }
}
