package dev.engram.encoders.method;

import java.util.Optional;

/**
 * One hyper-parameter of a method. All are numbers; a flag is 0 or 1.
 *
 * @param name as specs and manifests write it, such as {@code temperature}
 * @param type of its values
 * @param defaultValue that of the paper, where the paper has one
 * @param minimum smallest value
 * @param maximum largest value; infinite if there is none
 * @param openAbove whether {@code minimum} itself is refused
 * @param openBelow whether {@code maximum} itself is refused
 * @param meaning one sentence for a person, with unit and source
 */
public record MethodOption(
        String name,
        Type type,
        double defaultValue,
        double minimum,
        double maximum,
        boolean openAbove,
        boolean openBelow,
        String meaning) {
    /** What values of an option look like. */
    public enum Type {
        NUMBER,
        INTEGER,
        /** 0 or 1. */
        FLAG
    }

    static MethodOption positive(String name, double value, String meaning) {
        return new MethodOption(name, Type.NUMBER, value, 0, Double.POSITIVE_INFINITY, true, true, meaning);
    }

    static MethodOption notNegative(String name, double value, String meaning) {
        return new MethodOption(name, Type.NUMBER, value, 0, Double.POSITIVE_INFINITY, false, true, meaning);
    }

    /** In [0, 1). */
    static MethodOption belowOne(String name, double value, String meaning) {
        return new MethodOption(name, Type.NUMBER, value, 0, 1, false, true, meaning);
    }

    /** In (0, 1). */
    static MethodOption share(String name, double value, String meaning) {
        return new MethodOption(name, Type.NUMBER, value, 0, 1, true, true, meaning);
    }

    static MethodOption integer(String name, int value, int minimum, int maximum, String meaning) {
        return new MethodOption(name, Type.INTEGER, value, minimum, maximum, false, false, meaning);
    }

    static MethodOption flag(String name, boolean value, String meaning) {
        return new MethodOption(name, Type.FLAG, value ? 1 : 0, 0, 1, false, false, meaning);
    }

    /** The allowed values, for a person: {@code > 0}, {@code 1 to 64}, {@code 0 or 1}. */
    public String range() {
        if (type == Type.FLAG) {
            return "0 or 1";
        }
        if (type == Type.INTEGER) {
            return "%d to %d".formatted((long) minimum, (long) maximum);
        }
        String from = (openAbove ? "> " : ">= ") + text(minimum);
        return Double.isInfinite(maximum) ? from : from + " and " + (openBelow ? "< " : "<= ") + text(maximum);
    }

    /** What is wrong with a value, if anything. */
    Optional<String> problem(double value) {
        boolean low = openAbove ? value > minimum : value >= minimum;
        boolean high = openBelow ? value < maximum : value <= maximum;
        boolean whole = type == Type.NUMBER || value == Math.rint(value);
        return low && high && whole
                ? Optional.empty()
                : Optional.of("objective_options.%s: %s is not %s".formatted(name, text(value), range()));
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
