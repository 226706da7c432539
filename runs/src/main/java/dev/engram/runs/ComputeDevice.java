package dev.engram.runs;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a worker computes on.
 *
 * @param name {@code cpu}, or {@code cuda:N} with the number of a card as this machine counts them
 * @param kind what it is: {@code cpu}, or the card's name, {@code NVIDIA H200}. Two runs of one kind may agree in every bit; of two kinds
 *     never count on it
 */
public record ComputeDevice(String name, String kind) {
    private static final Pattern NAME = Pattern.compile("cpu|cuda:(0|[1-9][0-9]{0,2})");

    public static final ComputeDevice CPU = new ComputeDevice("cpu", "cpu");

    public ComputeDevice {
        Objects.requireNonNull(kind, "kind");
        if (!isName(name)) {
            throw new IllegalArgumentException("a device is cpu or cuda:N, N a card's number from 0, not \"" + name + "\"");
        }
    }

    /** Whether this names a device, there or not. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** For a log: {@code cpu}, {@code cuda:1 (NVIDIA H200)}. */
    @Override
    public String toString() {
        return name.equals(kind) ? name : name + " (" + kind + ")";
    }
}
