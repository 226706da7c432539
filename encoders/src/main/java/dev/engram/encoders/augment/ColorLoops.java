package dev.engram.encoders.augment;

/**
 * The operations of a colour jitter on the three planes of one view, each in loops that the compiler turns into vector instructions:
 * short, without branches, on one place of every array at a time. Not thread-safe.
 */
final class ColorLoops {
    private static final float RED = 0.2989f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private final float[] luminance;
    private final HueLoops hue;

    /** @param pixels of a view */
    ColorLoops(int pixels) {
        this.luminance = new float[pixels];
        this.hue = new HueLoops(pixels);
    }

    void apply(ColorOperation operation, float factor, float[][] planes) {
        switch (operation) {
            case BRIGHTNESS -> {
                for (float[] plane : planes) {
                    brightness(plane, factor);
                }
            }
            case CONTRAST -> {
                measureLuminance(planes[0], planes[1], planes[2], luminance);
                float added = (1 - factor) * mean(luminance);
                for (float[] plane : planes) {
                    contrast(plane, factor, added);
                }
            }
            case SATURATION -> {
                measureLuminance(planes[0], planes[1], planes[2], luminance);
                for (float[] plane : planes) {
                    saturation(plane, luminance, factor);
                }
            }
            case HUE -> hue.turn(factor, planes[0], planes[1], planes[2]);
        }
    }

    /** Every channel becomes the luminance. */
    void gray(float[][] planes) {
        measureLuminance(planes[0], planes[1], planes[2], luminance);
        for (float[] plane : planes) {
            System.arraycopy(luminance, 0, plane, 0, plane.length);
        }
    }

    private static void measureLuminance(float[] r, float[] g, float[] b, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = r[i] * RED + g[i] * GREEN + b[i] * BLUE;
        }
    }

    /** In four sums, so that no addition waits for the one before. */
    private static float mean(float[] values) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int whole = values.length & -4;
        for (int i = 0; i < whole; i += 4) {
            first += values[i];
            second += values[i + 1];
            third += values[i + 2];
            fourth += values[i + 3];
        }
        for (int i = whole; i < values.length; i++) {
            first += values[i];
        }
        return (float) ((first + second + third + fourth) / values.length);
    }

    private static void brightness(float[] plane, float factor) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = Math.max(Math.min(plane[i] * factor, 1f), 0f);
        }
    }

    private static void contrast(float[] plane, float factor, float added) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = Math.max(Math.min(plane[i] * factor + added, 1f), 0f);
        }
    }

    private static void saturation(float[] plane, float[] luminance, float factor) {
        float rest = 1 - factor;
        for (int i = 0; i < plane.length; i++) {
            plane[i] = Math.max(Math.min(plane[i] * factor + luminance[i] * rest, 1f), 0f);
        }
    }
}
