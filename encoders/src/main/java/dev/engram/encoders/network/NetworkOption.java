package dev.engram.encoders.network;

import java.util.List;
import java.util.Optional;

/**
 * One option of a network family.
 *
 * @param name as specs and manifests write it, such as {@code patch}
 * @param type of its values
 * @param defaultValue as text
 * @param minimum smallest value of an integer, otherwise 0
 * @param maximum largest value of an integer, otherwise 0
 * @param choices allowed values of a choice or flag, otherwise empty
 * @param meaning one sentence for a person, with unit and source
 */
public record NetworkOption(
        String name, Type type, String defaultValue, int minimum, int maximum, List<String> choices, String meaning) {
    /** What values of an option look like. */
    public enum Type {
        /** Decimal digits, within {@link #minimum} and {@link #maximum}. */
        INTEGER,
        /** One of {@link #choices}. */
        CHOICE,
        /** {@code true} or {@code false}. */
        FLAG
    }

    public NetworkOption {
        choices = List.copyOf(choices);
    }

    static NetworkOption integer(String name, int defaultValue, int minimum, int maximum, String meaning) {
        return new NetworkOption(
                name, Type.INTEGER, Integer.toString(defaultValue), minimum, maximum, List.of(), meaning);
    }

    /** The first choice is the default. */
    static NetworkOption choice(String name, String meaning, String... choices) {
        return new NetworkOption(name, Type.CHOICE, choices[0], 0, 0, List.of(choices), meaning);
    }

    static NetworkOption flag(String name, boolean defaultValue, String meaning) {
        return new NetworkOption(
                name, Type.FLAG, Boolean.toString(defaultValue), 0, 0, List.of("true", "false"), meaning);
    }

    /** The option every family has. */
    static NetworkOption classes() {
        return integer("classes", 0, 0, 1_000_000,
                "Classes of the classifier on top; 0 for none, then the output is the representation.");
    }

    /** The same option with another default. */
    NetworkOption withDefault(String value) {
        return new NetworkOption(name, type, value, minimum, maximum, choices, meaning);
    }

    /** The allowed values, for a person: {@code 1 … 64}, {@code 3x3 or 7x7}. */
    public String range() {
        return type == Type.INTEGER ? minimum + " … " + maximum : String.join(" or ", choices);
    }

    /** Whether a value is allowed. */
    public boolean fits(String value) {
        return type == Type.INTEGER ? isInRange(value) : choices.contains(value);
    }

    /** What is wrong with a value, if anything. */
    Optional<String> problem(String value) {
        return fits(value)
                ? Optional.empty()
                : Optional.of("network_options.%s: \"%s\" is not one of %s".formatted(name, value, range()));
    }

    private boolean isInRange(String value) {
        try {
            int number = Integer.parseInt(value);
            return Integer.toString(number).equals(value) && number >= minimum && number <= maximum;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
