package dev.engram.encoders.network;

/**
 * Fixed positions of a grid of tokens, {@code [1, (1 +) side², width]}: the first half of a vector tells the column, the second
 * the row, each by sines, then cosines, of frequencies 10000^(−4i/width). The class token's is 0. K. He et al., "Masked
 * Autoencoders Are Scalable Vision Learners", CVPR 2022, <a href="https://arxiv.org/abs/2111.06377">arXiv 2111.06377</a>.
 *
 * @param side tokens in a row
 * @param width of a token, divisible by 4
 * @param classToken whether there is one, before the others
 */
public record SineCosine(int side, int width, boolean classToken) implements Initializer {
    /** Sines and cosines, of column and row. */
    static final int PARTS = 4;

    public SineCosine {
        if (width % PARTS != 0) {
            throw new IllegalArgumentException("Sine-cosine positions need a width divisible by 4, not " + width);
        }
    }

    float[] values() {
        int first = classToken ? 1 : 0;
        float[] values = new float[(first + side * side) * width];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int token = (first + row * side + column) * width;
                put(values, token, column);
                put(values, token + width / 2, row);
            }
        }
        return values;
    }

    private void put(float[] values, int start, int position) {
        int waves = width / PARTS;
        for (int i = 0; i < waves; i++) {
            double angle = position / Math.pow(10_000, (double) i / waves);
            values[start + i] = (float) Math.sin(angle);
            values[start + waves + i] = (float) Math.cos(angle);
        }
    }
}
