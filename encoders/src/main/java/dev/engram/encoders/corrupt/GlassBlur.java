package dev.engram.encoders.corrupt;

import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.random.RandomStream;
import java.util.function.DoubleSupplier;

/**
 * What frosted glass makes of an image: blurred, every pixel replaced by one near it, blurred again. The paper speaks of pixels that change places; its code copies the one onto the other, from
 * the last pixel to the first, so that a pixel can wander far, and the published images were made so: this does the same. All channels of a pixel go together.
 */
final class GlassBlur {
    private GlassBlur() {}

    /** @param strength deviation of the blur in pixels; how far away a pixel is taken from; how often */
    static void apply(double[] values, ImageShape shape, double[] strength, RandomStream draws) {
        apply(values, shape, strength, draws::uniform);
    }

    static void apply(double[] values, ImageShape shape, double[] strength, DoubleSupplier uniform) {
        int reach = (int) strength[1];
        GaussianBlur.apply(values, shape, strength[0]);
        for (int round = 0; round < strength[2]; round++) {
            for (int y = shape.height() - reach; y > reach; y--) {
                for (int x = shape.width() - reach; x > reach; x--) {
                    int right = near(reach, uniform);
                    int down = near(reach, uniform);
                    copy(values, shape, (y + down) * shape.width() + x + right, y * shape.width() + x);
                }
            }
        }
        GaussianBlur.apply(values, shape, strength[0]);
    }

    /** From -reach to reach - 1. */
    private static int near(int reach, DoubleSupplier uniform) {
        return (int) (uniform.getAsDouble() * 2 * reach) - reach;
    }

    private static void copy(double[] values, ImageShape shape, int from, int to) {
        for (int plane = 0; plane < values.length; plane += shape.height() * shape.width()) {
            values[plane + to] = values[plane + from];
        }
    }
}
