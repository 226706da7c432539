package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/** More light, or less difference. */
final class Light {
    private Light() {}

    /**
     * Adds to the value of HSV, which is the largest channel; hue and saturation stay, so all channels grow by one factor. Black, which has no hue,
     * becomes gray.
     */
    static void brightness(double[] values, ImageShape shape, double added, RandomStream draws) {
        int plane = shape.height() * shape.width();
        for (int pixel = 0; pixel < plane; pixel++) {
            double value = 0;
            for (int i = pixel; i < values.length; i += plane) {
                value = Math.max(value, values[i]);
            }
            double brighter = Math.min(1, value + added);
            for (int i = pixel; i < values.length; i += plane) {
                values[i] = value == 0 ? brighter : values[i] * (brighter / value);
            }
        }
    }

    static void contrast(double[] values, ImageShape shape, double kept, RandomStream draws) {
        int plane = shape.height() * shape.width();
        for (int first = 0; first < values.length; first += plane) {
            double sum = 0;
            for (int i = first; i < first + plane; i++) {
                sum += values[i];
            }
            double mean = sum / plane;
            for (int i = first; i < first + plane; i++) {
                values[i] = (values[i] - mean) * kept + mean;
            }
        }
    }
}
