package dev.engram.encoders.network;

import java.util.List;

/**
 * A value inside a network that is being defined.
 *
 * @param variable its name in the program text
 * @param shape its shape for one image, without the batch dimension: {@code [C, H, W]}, {@code [T, D]} for T tokens, or
 *     {@code [D]}
 */
public record Node(String variable, List<Long> shape) {
    public Node {
        shape = List.copyOf(shape);
    }

    /** Channels of a map, or width of a token or vector. */
    public int units() {
        return Units.of(shape);
    }

    /** Elements for one image. */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
