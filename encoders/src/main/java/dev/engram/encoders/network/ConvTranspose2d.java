package dev.engram.encoders.network;

import java.util.List;

/**
 * A square transposed convolution with bias: the gradient of a convolution of the same kernel, stride and padding with respect
 * to its input. State {@code path.weight}, {@code [C, units, kernel, kernel]}, and {@code path.bias}; tap {@code path}.
 * PyTorch's default initial values.
 *
 * @param units output channels
 * @param kernel side of the kernel
 * @param stride step between positions of the output
 * @param padding positions taken away on each side
 */
public record ConvTranspose2d(int units, int kernel, int stride, int padding) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        long channels = x.shape().getFirst();
        Initializer weights = Initializer.byFanIn((long) units * kernel * kernel);
        String weight = graph.parameter(
                path + ".weight", List.of(channels, (long) units, (long) kernel, (long) kernel), weights);
        String bias = graph.parameter(path + ".bias", List.of((long) units), weights);
        Node y = graph.value(
                List.of((long) units, side(x.shape().get(1)), side(x.shape().get(2))),
                "torch.conv_transpose2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [0, 0], 1, [1, 1])",
                x.variable(), weight, bias, stride, padding);
        return graph.tap(path, Tap.Kind.TRANSPOSED_CONV, y);
    }

    private long side(long side) {
        return (side - 1) * stride - 2L * padding + kernel;
    }
}
