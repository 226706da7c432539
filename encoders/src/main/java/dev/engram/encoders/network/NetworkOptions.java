package dev.engram.encoders.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value for every option of a family, checked. Made by {@link NetworkFamily#options}. */
public final class NetworkOptions {
    private final Map<String, String> values;

    private NetworkOptions(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Checks what was asked for and fills in the defaults.
     *
     * @throws IllegalArgumentException naming every unknown option and every bad value
     */
    static NetworkOptions of(String family, List<NetworkOption> known, Map<String, String> asked) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> unknown = new LinkedHashMap<>(asked);
        List<String> problems = new ArrayList<>();
        for (NetworkOption option : known) {
            String value = unknown.remove(option.name());
            values.put(option.name(), value == null ? option.defaultValue() : value);
            if (value != null) {
                option.problem(value).ifPresent(problems::add);
            }
        }
        String names = String.join(", ", known.stream().map(NetworkOption::name).toList());
        unknown.keySet().forEach(name ->
                problems.add("network_options.%s: %s has no such option; it has %s".formatted(name, family, names)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new NetworkOptions(values);
    }

    /** Every option with its value, in the order of the family. */
    public Map<String, String> values() {
        return values;
    }

    int integer(String name) {
        return Integer.parseInt(text(name));
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no option " + name + ", only " + values.keySet());
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkOptions options && options.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
