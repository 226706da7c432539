package dev.engram.encoders.network;

/**
 * The classifier of supervised training: a linear layer on the encoder's output, or on a projector's with batch normalization and ReLU
 * between, as the supervised control of "Do SSL Models Have Déjà Vu?", <a href="https://arxiv.org/abs/2304.13850">arXiv 2304.13850</a>, has
 * it.
 *
 * @param projected whether it is on a projector
 * @param classes at least 2
 */
public record ClassifierHead(boolean projected, int classes) {
    /** Its name among heads. */
    public static final String NAME = "classifier";
    /** Below what its state is in a method's. */
    public static final String PATH = "heads." + NAME;

    public ClassifierHead {
        if (classes < 2) {
            throw new IllegalArgumentException("supervised training needs at least 2 classes, there are " + classes);
        }
    }

    /** The name of its last layer's weight, [classes, inputs]. */
    public static String lastWeight(boolean projected) {
        return projected ? "2.weight" : "0.weight";
    }

    /** Logits [classes] of what it is put on. */
    public Node forward(Graph graph, Node x) {
        if (!projected) {
            return graph.apply("0", Linear.of(classes), x);
        }
        Node y = graph.apply("1", new Relu(), graph.apply("0", BatchNorm.AFFINE, x));
        return graph.apply("2", Linear.of(classes), y);
    }
}
