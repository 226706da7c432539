package dev.engram.encoders.network;

/** How batch normalization behaves. Measuring is always {@link #EVALUATION}: it never touches running statistics. */
public enum Mode {
    /** Normalizes by the batch and updates the running statistics in place. */
    TRAINING,
    /** Normalizes by the running statistics and changes nothing. */
    EVALUATION
}
