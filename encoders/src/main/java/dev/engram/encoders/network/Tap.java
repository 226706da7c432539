package dev.engram.encoders.network;

import java.util.List;

/**
 * A named point of a network whose activation can be read.
 *
 * @param path PyTorch's module path, such as {@code layer3.0.conv2}; residual additions have a name of their own
 * @param kind the operation whose result it is
 * @param shape of one image: {@code [C, H, W]} or {@code [D]}
 */
public record Tap(String path, Kind kind, List<Long> shape) {
    public Tap {
        shape = List.copyOf(shape);
    }

    /** The operation before a tap. */
    public enum Kind {
        CONV,
        BATCH_NORM,
        RELU,
        POOL,
        /** Residual addition. */
        ADD,
        /** Fully connected layer. */
        LINEAR
    }

    /** Channels or neurons. */
    public int units() {
        return Math.toIntExact(shape.getFirst());
    }

    /** Whether an image has one value a unit here, without positions. */
    public boolean isVector() {
        return shape.size() == 1;
    }

    /** Elements for one image. */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
