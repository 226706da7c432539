package dev.engram.metrics.measure;

import dev.engram.encoders.network.Tap;

/** What is done to each activation before any mean is taken. Scores of different modes are not comparable. */
public enum Sign {
    /** Nothing. */
    SIGNED,
    /** Its absolute value: excitation and inhibition count alike. */
    ABSOLUTE,
    /** max(0, a): what a ReLU behind it would let through. */
    RELU;

    /**
     * {@link #RELU} for taps whose values can be negative (convolution, normalization, linear, GELU, embedding, and sums, which most networks
     * make before their ReLU), else {@link #SIGNED}.
     */
    public static Sign usual(Tap.Kind kind) {
        return switch (kind) {
            case CONV, TRANSPOSED_CONV, BATCH_NORM, GROUP_NORM, LAYER_NORM, LINEAR, GELU, EMBEDDING, ADD -> RELU;
            case RELU, POOL -> SIGNED;
        };
    }
}
