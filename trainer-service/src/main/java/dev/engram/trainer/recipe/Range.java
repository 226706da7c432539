package dev.engram.trainer.recipe;

import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * The numbers an option may be; never NaN or infinite.
 *
 * @param text for a person, after "must be": {@code in [0, 1)}
 */
record Range(String text, DoublePredicate contains) {
    static Range above(double low) {
        return new Range("greater than %s and finite".formatted(number(low)), value -> value > low);
    }

    static Range atLeast(double low) {
        return new Range("at least %s and finite".formatted(number(low)), value -> value >= low);
    }

    /** Both ends included. */
    static Range closed(double low, double high) {
        return new Range("in [%s, %s]".formatted(number(low), number(high)), value -> value >= low && value <= high);
    }

    /** The lower end included, the upper not. */
    static Range upTo(double low, double high) {
        return new Range("in [%s, %s)".formatted(number(low), number(high)), value -> value >= low && value < high);
    }

    /** The upper end included, the lower not. */
    static Range from(double low, double high) {
        return new Range("in (%s, %s]".formatted(number(low), number(high)), value -> value > low && value <= high);
    }

    /** Neither end included. */
    static Range open(double low, double high) {
        return new Range("in (%s, %s)".formatted(number(low), number(high)), value -> value > low && value < high);
    }

    /** Whole numbers, both ends included. */
    static Range whole(long low, long high) {
        return new Range(
                "a whole number, %d to %d".formatted(low, high),
                value -> value == Math.rint(value) && value >= low && value <= high);
    }

    boolean isWhole() {
        return text.startsWith("a whole");
    }

    boolean holds(double value) {
        return Double.isFinite(value) && contains.test(value);
    }

    /** What is wrong with a value, if anything. */
    Optional<String> problem(double value) {
        return holds(value) ? Optional.empty() : Optional.of("must be %s, is %s".formatted(text, value));
    }

    /** As a person would write it: without {@code .0}. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
