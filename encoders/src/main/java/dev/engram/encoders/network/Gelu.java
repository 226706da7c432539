package dev.engram.encoders.network;

/**
 * x·Φ(x) with the exact normal distribution function, not its tanh approximation; tap {@code path}. D. Hendrycks, K. Gimpel,
 * "Gaussian Error Linear Units", 2016, <a href="https://arxiv.org/abs/1606.08415">arXiv 1606.08415</a>.
 */
public record Gelu() implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        Node y = graph.value(x.shape(), "torch.gelu(%s, approximate=\"none\")", x.variable());
        return graph.tap(path, Tap.Kind.GELU, y);
    }
}
