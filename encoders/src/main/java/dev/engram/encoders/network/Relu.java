package dev.engram.encoders.network;

/** max(x, 0); tap {@code path}. */
public record Relu() implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        return graph.tap(path, Tap.Kind.RELU, graph.value(x.shape(), "torch.relu(%s)", x.variable()));
    }
}
