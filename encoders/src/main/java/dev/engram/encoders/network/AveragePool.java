package dev.engram.encoders.network;

import java.util.List;

/**
 * Means over a grid of regions that cover the map, {@code [C, H, W]} to {@code [C, side, side]}, as PyTorch's
 * {@code AdaptiveAvgPool2d}; a map smaller than the grid is repeated. Tap {@code path}.
 *
 * @param side regions in a row
 */
public record AveragePool(int side) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        List<Long> shape = List.of(x.shape().get(0), (long) side, (long) side);
        Node y = side == 1
                ? graph.value(shape, "torch.mean(%s, [2, 3], True)", x.variable())
                : graph.value(shape, "torch.adaptive_avg_pool2d(%1$s, [%2$d, %2$d])", x.variable(), side);
        return graph.tap(path, Tap.Kind.POOL, y);
    }
}
