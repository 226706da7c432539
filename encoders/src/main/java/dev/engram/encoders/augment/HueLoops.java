package dev.engram.encoders.augment;

/**
 * Turns the hue of a view and keeps its saturation and value, as torchvision does by way of HSV.
 *
 * <p>One long loop would say it shorter, but the compiler makes vector instructions only of short ones: in six steps 1,024 pixels take 2 µs, in one
 * they take 40. Which channel is the greatest is a factor of 0 or 1 for the same reason. The first of equal ones counts; where all are equal nothing
 * changes, as their difference is 0. Not thread-safe.
 */
final class HueLoops {
    /** Makes more than 1 of every positive difference of values in [0, 1]. */
    private static final float STEEP = 1e30f;
    private static final float LEAST_CHROMA = 1e-20f;

    private final float[] greatest;
    private final float[] least;
    private final float[] notRed;
    private final float[] isBlue;
    private final float[] hue;

    /** @param pixels of a view */
    HueLoops(int pixels) {
        this.greatest = new float[pixels];
        this.least = new float[pixels];
        this.notRed = new float[pixels];
        this.isBlue = new float[pixels];
        this.hue = new float[pixels];
    }

    /** @param turn in whole turns, -1 … 1 */
    void turn(float turn, float[] r, float[] g, float[] b) {
        range(r, g, b, greatest, least);
        lead(r, g, greatest, notRed, isBlue);
        hue(r, g, b, 6 * turn);
        wrap(hue);
        red(hue, greatest, least, r);
        other(2, hue, greatest, least, g);
        other(4, hue, greatest, least, b);
    }

    private static void range(float[] r, float[] g, float[] b, float[] greatest, float[] least) {
        for (int i = 0; i < greatest.length; i++) {
            greatest[i] = Math.max(r[i], Math.max(g[i], b[i]));
            least[i] = Math.min(r[i], Math.min(g[i], b[i]));
        }
    }

    private static void lead(float[] r, float[] g, float[] greatest, float[] notRed, float[] isBlue) {
        for (int i = 0; i < greatest.length; i++) {
            float other = Math.min((greatest[i] - r[i]) * STEEP, 1f);
            notRed[i] = other;
            isBlue[i] = other * Math.min((greatest[i] - g[i]) * STEEP, 1f);
        }
    }

    /** In sixths of a turn: red leads around 0, green around 2, blue around 4. */
    private void hue(float[] r, float[] g, float[] b, float sixths) {
        float[] most = greatest;
        float[] fewest = least;
        float[] other = notRed;
        float[] blue = isBlue;
        float[] to = hue;
        for (int i = 0; i < to.length; i++) {
            float lead = (1 - other[i]) * (g[i] - b[i]) + (other[i] - blue[i]) * (b[i] - r[i]) + blue[i] * (r[i] - g[i]);
            to[i] = lead / Math.max(most[i] - fewest[i], LEAST_CHROMA) + 2 * other[i] + 2 * blue[i] + sixths;
        }
    }

    /** From -7 … 11 to 0 … 6: two turns more make it positive, so that cutting off the fraction is rounding down. */
    private static void wrap(float[] hue) {
        for (int i = 0; i < hue.length; i++) {
            hue[i] = hue[i] - 6 * ((int) (hue[i] * 0.16666667f + 2) - 2);
        }
    }

    private static void red(float[] hue, float[] greatest, float[] least, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = least[i] + (greatest[i] - least[i]) * Math.max(Math.min(Math.abs(hue[i] - 3) - 1, 1f), 0f);
        }
    }

    private static void other(float center, float[] hue, float[] greatest, float[] least, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = least[i] + (greatest[i] - least[i]) * Math.max(Math.min(2 - Math.abs(hue[i] - center), 1f), 0f);
        }
    }
}
