package dev.engram.encoders.network;

import java.util.List;

/**
 * Normalization of each token or vector over its units, then scale and shift; state {@code path.weight}, {@code path.bias}; tap
 * {@code path}. J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016,
 * <a href="https://arxiv.org/abs/1607.06450">arXiv 1607.06450</a>.
 *
 * @param epsilon added to the variance
 */
public record LayerNorm(double epsilon) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        List<Long> shape = List.of((long) x.units());
        String weight = graph.parameter(path + ".weight", shape, new Initializer.Constant(1));
        String bias = graph.parameter(path + ".bias", shape, new Initializer.Constant(0));
        Node y = graph.value(
                x.shape(), "torch.layer_norm(%s, %s, %s, %s, %s, True)", x.variable(), shape, weight, bias, epsilon);
        return graph.tap(path, Tap.Kind.LAYER_NORM, y);
    }
}
