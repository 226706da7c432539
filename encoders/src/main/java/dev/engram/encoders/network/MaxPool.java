package dev.engram.encoders.network;

import java.util.List;

/**
 * Maximum over squares of positions; tap {@code path}.
 *
 * @param kernel side of a square
 * @param stride step between squares
 * @param padding positions on each side that are never the maximum
 */
public record MaxPool(int kernel, int stride, int padding) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        long rows = (x.shape().get(1) + 2L * padding - kernel) / stride + 1;
        long columns = (x.shape().get(2) + 2L * padding - kernel) / stride + 1;
        if (x.shape().get(1) + 2L * padding < kernel || x.shape().get(2) + 2L * padding < kernel) {
            throw new IllegalArgumentException("%s pools %s to nothing: the input is too small".formatted(graph.fullPath(path), x.shape()));
        }
        Node y = graph.value(
                List.of(x.shape().get(0), rows, columns),
                "torch.max_pool2d(%1$s, [%2$d, %2$d], [%3$d, %3$d], [%4$d, %4$d], [1, 1], False)",
                x.variable(), kernel, stride, padding);
        return graph.tap(path, Tap.Kind.POOL, y);
    }
}
