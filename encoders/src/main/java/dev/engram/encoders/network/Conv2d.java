package dev.engram.encoders.network;

import java.util.List;

/**
 * A square two-dimensional convolution; state {@code path.weight}, {@code path.bias}; tap {@code path}.
 *
 * @param units output channels
 * @param kernel side of the kernel
 * @param stride step between positions
 * @param padding zeros on each side
 * @param bias whether it adds a bias
 * @param heNormal initial weights by {@link Initializer#heNormal} and a bias of 0, else both by {@link Initializer#byFanIn}
 */
public record Conv2d(int units, int kernel, int stride, int padding, boolean bias, boolean heNormal) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        long channels = x.shape().get(0);
        long area = (long) kernel * kernel;
        Initializer byFanIn = Initializer.byFanIn(channels * area);
        Initializer weights = heNormal ? Initializer.heNormal(units * area) : byFanIn;
        String weight = graph.parameter(
                path + ".weight", List.of((long) units, channels, (long) kernel, (long) kernel), weights);
        Initializer offsets = heNormal ? new Initializer.Constant(0) : byFanIn;
        String offset = bias ? graph.parameter(path + ".bias", List.of((long) units), offsets) : "None";
        List<Long> shape = List.of((long) units, outputSide(path, x, 1), outputSide(path, x, 2));
        Node y = graph.value(
                shape,
                "torch.conv2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [1, 1], 1)",
                x.variable(), weight, offset, stride, padding);
        return graph.tap(path, Tap.Kind.CONV, y);
    }

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

    /** Without padding: only where the kernel fits. */
    public Conv2d withoutPadding() {
        return new Conv2d(units, kernel, stride, 0, bias, heNormal);
    }

    private long outputSide(String path, Node x, int dimension) {
        long side = x.shape().get(dimension) + 2L * padding;
        if (side < kernel) {
            throw new IllegalArgumentException(
                    "%s: a kernel of %d does not fit into %s: the input is too small".formatted(path, kernel, x.shape()));
        }
        return (side - kernel) / stride + 1;
    }
}
