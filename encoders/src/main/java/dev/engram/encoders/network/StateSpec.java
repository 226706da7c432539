package dev.engram.encoders.network;

import dev.engram.encoders.engine.ElementType;
import java.util.List;

/**
 * One tensor of a network's state.
 *
 * @param name PyTorch's name, such as {@code layer1.0.bn1.running_mean}
 * @param role whether the optimizer changes it
 * @param type FLOAT32, or INT64 for counters
 * @param shape empty for a scalar
 * @param initializer distribution of the initial values
 */
public record StateSpec(String name, Role role, ElementType type, List<Long> shape, Initializer initializer) {
    public StateSpec {
        shape = List.copyOf(shape);
    }

    /** What a tensor is to training. */
    public enum Role {
        /** Trained by gradients. */
        PARAMETER,
        /** Part of the state, but not trained: running statistics and counters. */
        BUFFER
    }

    /** Number of elements. */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
