package dev.engram.encoders.network;

/**
 * A square two-dimensional convolution.
 *
 * @param units output channels
 * @param kernel side of the kernel
 * @param stride step between positions
 * @param padding zeros on each side
 * @param bias whether it adds a bias
 * @param heNormal initial weights by {@link Initializer#heNormal}, else by {@link Initializer#byFanIn}
 */
public record Conv2d(int units, int kernel, int stride, int padding, boolean bias, boolean heNormal) {
    /** Stride 1, "same" padding, no bias, PyTorch's default initial values. */
    public static Conv2d of(int units, int kernel) {
        return new Conv2d(units, kernel, 1, kernel / 2, false, false);
    }

    public Conv2d withStride(int value) {
        return new Conv2d(units, kernel, value, padding, bias, heNormal);
    }

    public Conv2d withBias() {
        return new Conv2d(units, kernel, stride, padding, true, heNormal);
    }

    public Conv2d withHeNormal() {
        return new Conv2d(units, kernel, stride, padding, bias, true);
    }

    long outputSide(long side) {
        return (side + 2L * padding - kernel) / stride + 1;
    }
}
