package dev.engram.encoders.data;

import dev.engram.encoders.random.RandomStream;

/**
 * A smooth random colour picture: value noise of two octaves (random colours on a coarse and on a finer grid, blended with a
 * cubic ease). Two draws differ everywhere, so any corner of the picture identifies it.
 */
final class BackgroundTexture {
    private static final int RGB = 3;
    private static final int COARSE = 3;
    private static final int FINE = 7;
    private static final double FINE_SHARE = 0.4;
    private static final double TINT_SHARE = 0.8;

    private BackgroundTexture() {}

    /** Values in [0, 1], [3, side, side]; a function of the stream alone. */
    static float[] draw(RandomStream random, int side) {
        return blend(grid(random, COARSE, 1 - FINE_SHARE), random, side);
    }

    /** The same texture with most of its coarse octave replaced by one colour, each channel in [0, 1]. */
    static float[] draw(RandomStream random, float[] tint, int side) {
        float[] coarse = grid(random, COARSE, 1 - FINE_SHARE);
        int points = coarse.length / RGB;
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = (float) ((1 - FINE_SHARE) * TINT_SHARE * tint[i / points] + (1 - TINT_SHARE) * coarse[i]);
        }
        return blend(coarse, random, side);
    }

    private static float[] blend(float[] coarse, RandomStream fine, int side) {
        float[] texture = new float[RGB * side * side];
        addOctave(coarse, COARSE, side, texture);
        addOctave(grid(fine, FINE, FINE_SHARE), FINE, side, texture);
        return texture;
    }

    private static float[] grid(RandomStream random, int cells, double share) {
        return random.uniformFloats(RGB * (cells + 1) * (cells + 1), 0, share);
    }

    private static void addOctave(float[] grid, int cells, int side, float[] texture) {
        int points = cells + 1;
        int[] cell = new int[side];
        double[] ease = new double[side];
        for (int i = 0; i < side; i++) {
            double position = (i + 0.5) / side * cells;
            cell[i] = (int) position;
            ease[i] = ease(position - cell[i]);
        }
        for (int c = 0; c < RGB; c++) {
            for (int y = 0; y < side; y++) {
                int row = (c * points + cell[y]) * points;
                for (int x = 0; x < side; x++) {
                    int at = row + cell[x];
                    double upper = grid[at] + ease[x] * (grid[at + 1] - grid[at]);
                    double lower = grid[at + points] + ease[x] * (grid[at + points + 1] - grid[at + points]);
                    texture[(c * side + y) * side + x] += (float) (upper + ease[y] * (lower - upper));
                }
            }
        }
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
