package dev.engram.encoders.network;

/**
 * The projection head of Masked Siamese Networks: three linear layers with GELU between them, with the names of the authors'
 * code: {@code fc1}, {@code bn1}, {@code gelu1}, {@code fc2}, {@code bn2}, {@code gelu2}, {@code fc3}. The prototypes it is
 * compared with are {@link Prototypes}.
 *
 * <p>M. Assran et al., "Masked Siamese Networks for Label-Efficient Learning", ECCV 2022,
 * <a href="https://arxiv.org/abs/2204.07141">arXiv 2204.07141</a>.
 *
 * @param hidden width of the hidden layers; 2,048 in the paper
 * @param width of the embedding; 256 in the paper
 * @param batchNorm whether batch normalization follows the hidden layers, as in the released configurations
 */
public record MsnHead(int hidden, int width, boolean batchNorm) implements Head {
    private static final Initializer WEIGHTS = new Initializer.Normal(TransformerWeights.NORMAL_DEVIATION);

    @Override
    public Node forward(Graph graph, Node x) {
        Node y = hidden(graph, "1", x);
        y = hidden(graph, "2", y);
        return graph.apply("fc3", Linear.of(width, WEIGHTS), y);
    }

    private Node hidden(Graph graph, String number, Node x) {
        Node y = graph.apply("fc" + number, Linear.of(hidden, WEIGHTS), x);
        if (batchNorm) {
            y = graph.apply("bn" + number, BatchNorm.AFFINE, y);
        }
        return graph.apply("gelu" + number, new Gelu(), y);
    }
}
