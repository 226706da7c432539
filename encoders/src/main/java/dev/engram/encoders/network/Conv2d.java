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
 * @param weights what the initial weights are drawn from
 */
public record Conv2d(int units, int kernel, int stride, int padding, boolean bias, Weights weights) implements Layer {
    /** What initial weights are drawn from. */
    public sealed interface Weights {
        /** PyTorch's default: weights and bias by {@link Initializer#byFanIn}. */
        record ByFanIn() implements Weights {}

        /** {@link Initializer#heNormal}, and a bias of 0. */
        record HeNormal() implements Weights {}

        /** A given distribution, and a bias of 0. */
        record Given(Initializer initializer) implements Weights {}
    }

    /** Stride 1, "same" padding, no bias, PyTorch's default initial values. */
    public static Conv2d of(int units, int kernel) {
        return new Conv2d(units, kernel, 1, kernel / 2, false, new Weights.ByFanIn());
    }

    public Conv2d withStride(int value) {
        return new Conv2d(units, kernel, value, padding, bias, weights);
    }

    /** Without padding: only where the kernel fits. */
    public Conv2d withoutPadding() {
        return new Conv2d(units, kernel, stride, 0, bias, weights);
    }

    public Conv2d withBias() {
        return new Conv2d(units, kernel, stride, padding, true, weights);
    }

    public Conv2d withHeNormal() {
        return new Conv2d(units, kernel, stride, padding, bias, new Weights.HeNormal());
    }

    /** With weights from a distribution and a bias of 0. */
    public Conv2d withWeights(Initializer initializer) {
        return new Conv2d(units, kernel, stride, padding, bias, new Weights.Given(initializer));
    }

    @Override
    public Node write(Graph graph, String path, Node x) {
        long channels = x.shape().get(0);
        long area = (long) kernel * kernel;
        Initializer byFanIn = Initializer.byFanIn(channels * area);
        Initializer zero = new Initializer.Constant(0);
        String weight = graph.parameter(
                path + ".weight",
                List.of((long) units, channels, (long) kernel, (long) kernel),
                switch (weights) {
                    case Weights.ByFanIn() -> byFanIn;
                    case Weights.HeNormal() -> Initializer.heNormal(units * area);
                    case Weights.Given(Initializer initializer) -> initializer;
                });
        String offset = bias
                ? graph.parameter(
                        path + ".bias", List.of((long) units), weights instanceof Weights.ByFanIn ? byFanIn : zero)
                : "None";
        List<Long> shape = List.of((long) units, outputSide(graph.fullPath(path), x, 1), outputSide(graph.fullPath(path), x, 2));
        Node y = graph.value(
                shape,
                "torch.conv2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [1, 1], 1)",
                x.variable(), weight, offset, stride, padding);
        return graph.tap(path, Tap.Kind.CONV, y);
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
