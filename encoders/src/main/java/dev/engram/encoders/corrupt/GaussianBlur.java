package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/** A blur along rows, then columns; outside, the border's value repeats (SciPy: {@code mode="nearest", truncate=4}). */
final class GaussianBlur {
    private static final double REACH = 4;

    private GaussianBlur() {}

    static void apply(double[] values, ImageShape shape, double deviation, RandomStream draws) {
        apply(values, shape, deviation);
    }

    /** @param deviation in pixels */
    static void apply(double[] values, ImageShape shape, double deviation) {
        double[] weights = weights((int) (REACH * deviation + 0.5), deviation);
        double[] line = new double[Math.max(shape.height(), shape.width())];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int plane = channel * shape.height() * shape.width();
            for (int row = 0; row < shape.height(); row++) {
                blur(values, plane + row * shape.width(), 1, shape.width(), weights, line);
            }
            for (int column = 0; column < shape.width(); column++) {
                blur(values, plane + column, shape.width(), shape.height(), weights, line);
            }
        }
    }

    /** Weights of 2·reach + 1 values in a row; they sum to 1. */
    static double[] weights(int reach, double deviation) {
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = (i - reach) / deviation;
            weights[i] = StrictMath.exp(-0.5 * distance * distance);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private static void blur(double[] values, int first, int step, int length, double[] weights, double[] line) {
        int reach = weights.length / 2;
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * values[first + step * Math.clamp(i + j - reach, 0, length - 1)];
            }
            line[i] = sum;
        }
        for (int i = 0; i < length; i++) {
            values[first + step * i] = line[i];
        }
    }
}
