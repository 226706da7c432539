package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/**
 * Fewer pixels: rows, then columns, are cut down to the mean of the pixels whose centers fall into each new one, rounded to bytes after each step, and
 * then repeated (Pillow: {@code resize} down and up with {@code BOX}).
 */
final class Pixelation {
    private static final double WHITE = 255;

    private Pixelation() {}

    static void apply(double[] values, ImageShape shape, double kept, RandomStream draws) {
        int fewerColumns = Math.max(1, (int) (shape.width() * kept));
        int fewerRows = Math.max(1, (int) (shape.height() * kept));
        for (int channel = 0; channel < shape.channels(); channel++) {
            int plane = channel * shape.height() * shape.width();
            for (int row = 0; row < shape.height(); row++) {
                resample(values, plane + row * shape.width(), 1, shape.width(), fewerColumns);
            }
            for (int column = 0; column < shape.width(); column++) {
                resample(values, plane + column, shape.width(), shape.height(), fewerRows);
            }
        }
    }

    private static void resample(double[] values, int first, int step, int length, int fewer) {
        double[] means = new double[fewer];
        double scale = (double) length / fewer;
        for (int i = 0; i < fewer; i++) {
            double center = (i + 0.5) * scale;
            int from = Math.max(0, (int) (center - scale / 2 + 0.5));
            int to = Math.min(length, (int) (center + scale / 2 + 0.5));
            long sum = 0;
            int count = 0;
            for (int j = from; j < to; j++) {
                double distance = (j - center + 0.5) / scale;
                if (distance > -0.5 && distance <= 0.5) {
                    sum += Math.round(values[first + step * j] * WHITE);
                    count++;
                }
            }
            means[i] = (2 * sum + count) / (2 * count) / WHITE;
        }
        for (int j = 0; j < length; j++) {
            values[first + step * j] = means[(int) ((j + 0.5) * fewer / length)];
        }
    }
}
