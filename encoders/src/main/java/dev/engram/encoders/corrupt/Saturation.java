package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;

/**
 * More or less color: the saturation of HSV, 1 minus the smallest channel over the largest, changes; value and hue stay. So every channel's distance to the largest changes by
 * one factor. Gray, which has no hue, becomes reddish where saturation is added: HSV calls its hue 0. Images of one channel stay.
 */
final class Saturation {
    private static final int COLORS = 3;

    private Saturation() {}

    /** @param strength factor and summand of the saturation */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        if (shape.channels() != COLORS) {
            return;
        }
        int plane = shape.height() * shape.width();
        for (int pixel = 0; pixel < plane; pixel++) {
            double largest = Math.max(values[pixel], Math.max(values[pixel + plane], values[pixel + 2 * plane]));
            double smallest = Math.min(values[pixel], Math.min(values[pixel + plane], values[pixel + 2 * plane]));
            double saturation = largest == 0 ? 0 : (largest - smallest) / largest;
            double changed = Math.clamp(saturation * strength[0] + strength[1], 0, 1);
            for (int channel = 0; channel < COLORS; channel++) {
                int at = pixel + channel * plane;
                double share = saturation == 0 ? (channel == 0 ? 0 : 1) : (largest - values[at]) / (largest * saturation);
                values[at] = largest * (1 - share * changed);
            }
        }
    }
}
