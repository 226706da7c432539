package dev.engram.encoders.network;

import java.util.List;

/**
 * A named point of a network whose activation can be read.
 *
 * @param path PyTorch's module path, such as {@code layer3.0.conv2}; residual additions have a name of their own
 * @param kind the operation whose result it is
 * @param shape of one image: {@code [C, H, W]}, {@code [T, D]} for T tokens, or {@code [D]}
 */
public record Tap(String path, Kind kind, List<Long> shape) {
    public Tap {
        shape = List.copyOf(shape);
    }

    /** The operation before a tap. */
    public enum Kind {
        CONV,
        /** Transposed convolution. */
        TRANSPOSED_CONV,
        BATCH_NORM,
        GROUP_NORM,
        LAYER_NORM,
        RELU,
        GELU,
        /** Maximum or mean over positions. */
        POOL,
        /** Tokens with their positions added. */
        EMBEDDING,
        /** Residual addition. */
        ADD,
        /** Fully connected layer. */
        LINEAR
    }

    /** Channels of a map, or neurons: the width of a token or vector. */
    public int units() {
        return Units.of(shape);
    }

    /** Whether an image has one value a unit here, without positions. */
    public boolean isVector() {
        return shape.size() == 1;
    }

    /** Whether an image has one vector a token here. */
    public boolean isTokens() {
        return Units.isTokens(shape);
    }

    /** Dimensions of a batch that are positions, as a program writes them: {@code [2, 3]}, {@code [1]} or {@code []}. */
    public List<Integer> positionDimensions() {
        return isVector() ? List.of() : isTokens() ? List.of(1) : List.of(2, 3);
    }

    /** Elements for one image. */
    public long elements() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
