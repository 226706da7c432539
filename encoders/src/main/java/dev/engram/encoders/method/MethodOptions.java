package dev.engram.encoders.method;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value for every option of a method, checked. */
public final class MethodOptions {
    private final Map<String, Double> values;

    private MethodOptions(Map<String, Double> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Checks what was asked for and fills in the defaults.
     *
     * @throws IllegalArgumentException naming every unknown option and every bad value
     */
    static MethodOptions of(String method, List<MethodOption> known, Map<String, Double> asked) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Double> unknown = new LinkedHashMap<>(asked);
        List<String> problems = new ArrayList<>();
        for (MethodOption option : known) {
            Double value = unknown.remove(option.name());
            values.put(option.name(), value == null ? option.defaultValue() : value);
            if (value != null) {
                option.problem(value).ifPresent(problems::add);
            }
        }
        String names = known.isEmpty() ? "none" : String.join(", ", known.stream().map(MethodOption::name).toList());
        unknown.keySet().forEach(name ->
                problems.add("objective_options.%s: %s has no such option; it has %s".formatted(name, method, names)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new MethodOptions(values);
    }

    /** Every option with its value, in the order of the method. */
    public Map<String, Double> values() {
        return values;
    }

    double number(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no option " + name + ", only " + values.keySet());
        }
        return value;
    }

    int integer(String name) {
        return (int) number(name);
    }

    boolean flag(String name) {
        return number(name) == 1;
    }
}
