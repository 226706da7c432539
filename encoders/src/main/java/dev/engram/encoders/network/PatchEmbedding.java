package dev.engram.encoders.network;

import java.util.List;

/**
 * Images cut into squares that do not overlap, each mapped to one vector: a convolution whose stride is its kernel; state
 * {@code path.weight}, {@code path.bias}; tap {@code path}, a map {@code [D, H/patch, W/patch]}.
 *
 * @param width D
 * @param patch side of a square in pixels
 * @param weights {@code NORMAL}: PyTorch's default for a convolution, as in timm; {@code XAVIER}: as for a linear layer, as in MAE
 */
record PatchEmbedding(int width, int patch, TransformerWeights weights) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        long rows = x.shape().get(1);
        long columns = x.shape().get(2);
        if (rows % patch != 0 || columns % patch != 0) {
            throw new IllegalArgumentException("%s: patches of %d pixels do not tile %s".formatted(graph.fullPath(path), patch, x.shape()));
        }
        long fanIn = x.shape().getFirst() * patch * patch;
        Initializer byFanIn = Initializer.byFanIn(fanIn);
        String weight = graph.parameter(
                path + ".weight",
                List.of((long) width, x.shape().getFirst(), (long) patch, (long) patch),
                weights == TransformerWeights.XAVIER ? Initializer.xavier(fanIn, width) : byFanIn);
        String bias = graph.parameter(path + ".bias", List.of((long) width), byFanIn);
        Node y = graph.value(
                List.of((long) width, rows / patch, columns / patch),
                "torch.conv2d(%s, %s, %s, [%4$d, %4$d], [0, 0], [1, 1], 1)", x.variable(), weight, bias, patch);
        return graph.tap(path, Tap.Kind.CONV, y);
    }
}
