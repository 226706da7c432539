package dev.engram.encoders.optim;

/** Refuses hyper-parameters that cannot train, by name. */
final class Ranges {
    private Ranges() {}

    static void checkMomentum(String name, double value) {
        require(value >= 0 && value < 1, name + " must be in [0, 1), is " + value);
    }

    static void checkWeightDecay(double value) {
        require(value >= 0 && Double.isFinite(value), "weight decay must be at least 0, is " + value);
    }

    static void checkPositive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be positive, is " + value);
    }

    static void checkFraction(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be in [0, 1], is " + value);
    }

    static void checkTotal(long steps) {
        require(steps >= 1, "total steps must be at least 1, are " + steps);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
