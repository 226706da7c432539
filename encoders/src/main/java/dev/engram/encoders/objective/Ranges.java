package dev.engram.encoders.objective;

/** What hyper-parameters may be. */
final class Ranges {
    private Ranges() {}

    static void checkPositive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be positive and finite, is " + value);
    }

    static void checkNotNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), name + " must be at least 0 and finite, is " + value);
    }

    static void checkBelowOne(String name, double value) {
        require(value >= 0 && value < 1, name + " must be in [0, 1), is " + value);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
