package dev.engram.encoders.network;

import java.util.List;

/**
 * Multilayer perceptron on all pixels: {@code fc1}, {@code relu1}, {@code fc2}, {@code relu2} … and, with a classifier, one more
 * {@code fc}. With its defaults and 10 classes it has 20,037,642 parameters for 28×28 gray images.
 *
 * <p>D. Arpit et al., "A Closer Look at Memorization in Deep Networks", ICML 2017,
 * <a href="https://arxiv.org/abs/1706.05394">arXiv 1706.05394</a>, section 2.
 */
public final class Mlp extends FamilyNetwork {
    private Mlp(String name, int channels, int side, NetworkOptions options) {
        super(name, channels, side, options);
    }

    static List<NetworkFamily> families() {
        return List.of(new NetworkFamily(
                "mlp", "Multilayer perceptron", "Arpit et al. 2017, https://arxiv.org/abs/1706.05394",
                List.of(
                        NetworkOption.integer("width", 4096, 1, 65_536, "Units of each hidden layer."),
                        NetworkOption.integer("depth", 2, 1, 64, "Number of hidden layers."),
                        NetworkOption.classes()),
                Mlp::new));
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = graph.flatten(x);
        int depth = option().integer("depth");
        for (int i = 1; i <= depth; i++) {
            y = graph.relu("relu" + i, graph.linear("fc" + i, y, option().integer("width"), true));
        }
        int classes = option().integer("classes");
        return classes == 0 ? y : graph.linear("fc" + (depth + 1), y, classes, true);
    }
}
