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

    private BackgroundTexture() {}

    /** Values in [0, 1], [3, side, side]; a function of the stream alone. */
    static float[] draw(RandomStream random, int side) {
        float[] coarse = grid(random, COARSE);
        float[] fine = grid(random, FINE);
        float[] texture = new float[RGB * side * side];
        for (int c = 0; c < RGB; c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double v = (y + 0.5) / side;
                    double u = (x + 0.5) / side;
                    texture[(c * side + y) * side + x] = (float)
                            ((1 - FINE_SHARE) * sample(coarse, COARSE, c, v, u)
                                    + FINE_SHARE * sample(fine, FINE, c, v, u));
                }
            }
        }
        return texture;
    }

    private static float[] grid(RandomStream random, int cells) {
        return random.uniformFloats(RGB * (cells + 1) * (cells + 1), 0, 1);
    }

    /** The grid's colour at (v, u) in (0, 1)². */
    private static double sample(float[] grid, int cells, int channel, double v, double u) {
        int row = (int) (v * cells);
        int column = (int) (u * cells);
        double down = ease(v * cells - row);
        double right = ease(u * cells - column);
        int at = (channel * (cells + 1) + row) * (cells + 1) + column;
        double upper = grid[at] + right * (grid[at + 1] - grid[at]);
        double lower = grid[at + cells + 1] + right * (grid[at + cells + 2] - grid[at + cells + 1]);
        return upper + down * (lower - upper);
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
