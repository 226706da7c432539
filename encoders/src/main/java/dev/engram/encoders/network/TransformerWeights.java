package dev.engram.encoders.network;

/** How the fully connected layers of a transformer begin. Biases begin at 0. */
enum TransformerWeights {
    /** timm's {@code trunc_normal_(std=0.02)}: it cuts at ±2, a hundred deviations, so it is a normal distribution. */
    NORMAL {
        @Override
        Linear linear(int width, int units) {
            return Linear.of(units, new Initializer.Normal(NORMAL_DEVIATION));
        }
    },
    /** {@code xavier_uniform_}, as in the code of MAE. */
    XAVIER {
        @Override
        Linear linear(int width, int units) {
            return Linear.of(units, Initializer.xavier(width, units));
        }
    };

    static final double NORMAL_DEVIATION = 0.02;

    abstract Linear linear(int width, int units);
}
