package dev.engram.encoders.network;

/**
 * A pre-norm block, {@code x + attn(norm1(x))} and then {@code x + mlp(norm2(x))}, with timm's names: {@code norm1},
 * {@code attn.qkv}, {@code attn.proj}, {@code norm2}, {@code mlp.fc1}, {@code mlp.act}, {@code mlp.fc2}. The two sums are
 * {@code add} and {@code add_1}, as torchvision's feature extraction names them.
 *
 * @param heads of the attention
 * @param weights initial weights
 * @param branches which images have its two branches
 */
record TransformerBlock(int heads, TransformerWeights weights, DropPath.Branches branches) implements Layer {
    /** Hidden width over width. */
    static final int MLP_RATIO = 4;

    static final LayerNorm NORM = new LayerNorm(1e-6);

    /** A block whose branches all stay. */
    TransformerBlock(int heads, TransformerWeights weights) {
        this(heads, weights, DropPath.Branches.ALL);
    }

    @Override
    public Node write(Graph above, String path, Node x) {
        Graph graph = above.under(path);
        int width = x.units();
        Node attended = graph.apply("attn", new Attention(heads, weights), graph.apply("norm1", NORM, x));
        Node y = graph.add("add", x, branches.of(graph, 0, attended));
        Node hidden = graph.apply("mlp.fc1", weights.linear(width, MLP_RATIO * width), graph.apply("norm2", NORM, y));
        hidden = graph.apply("mlp.act", new Gelu(), hidden);
        Node transformed = graph.apply("mlp.fc2", weights.linear(MLP_RATIO * width, width), hidden);
        return graph.add("add_1", y, branches.of(graph, 1, transformed));
    }
}
