package dev.engram.encoders.eval;

/** How many of {@code total} held-out or training examples a probe named correctly. */
public record ProbeAccuracy(int correct, int total) {
    /** The share of correct answers in [0, 1]; NaN if there were no examples. */
    public double accuracy() {
        return (double) correct / total;
    }
}
