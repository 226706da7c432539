package dev.engram.encoders.network;

import java.util.List;

/**
 * Normalization of each image over groups of units and all positions (ε 1e-5), then scale and shift; needs no other image, so it
 * stays when gradients are clipped image by image. State {@code path.weight}, {@code path.bias}; tap {@code path}. Y. Wu,
 * K. He, "Group Normalization", ECCV 2018, <a href="https://arxiv.org/abs/1803.08494">arXiv 1803.08494</a>.
 *
 * @param groups divides the units; 32 in the paper
 * @param initialWeight of the scale
 */
public record GroupNorm(int groups, double initialWeight) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        if (x.units() % groups != 0) {
            throw new IllegalArgumentException("%s: %d groups do not divide %d units".formatted(graph.fullPath(path), groups, x.units()));
        }
        List<Long> shape = List.of((long) x.units());
        String weight = graph.parameter(path + ".weight", shape, new Initializer.Constant(initialWeight));
        String bias = graph.parameter(path + ".bias", shape, new Initializer.Constant(0));
        Node y = graph.value(
                x.shape(), "torch.group_norm(%s, %d, %s, %s, 1e-05, True)", x.variable(), groups, weight, bias);
        return graph.tap(path, Tap.Kind.GROUP_NORM, y);
    }
}
