package dev.engram.encoders.network;

import java.util.List;

/**
 * Multi-head self-attention over tokens, {@code softmax(q kᵀ/√d) v} for each head; layers {@code path.qkv} (queries, keys and
 * values in one) and {@code path.proj}. A. Vaswani et al., "Attention Is All You Need", 2017,
 * <a href="https://arxiv.org/abs/1706.03762">arXiv 1706.03762</a>; names as timm's.
 *
 * @param heads divides the width of the tokens
 * @param weights initial weights of both layers
 */
record Attention(int heads, TransformerWeights weights) implements Layer {
    @Override
    public Node write(Graph graph, String path, Node x) {
        long tokens = x.shape().getFirst();
        int width = x.units();
        if (width % heads != 0) {
            throw new IllegalArgumentException("%s: %d heads do not divide a width of %d".formatted(graph.fullPath(path), heads, width));
        }
        Node qkv = graph.apply(path + ".qkv", weights.linear(width, 3 * width), x);
        List<Long> ofHead = List.of((long) heads, tokens, (long) width / heads);
        Node parts = graph.value(
                ofHead,
                "torch.permute(torch.reshape(%s, [-1, %d, 3, %d, %d]), [2, 0, 3, 1, 4])",
                qkv.variable(), tokens, heads, width / heads);
        Node mixed = graph.value(
                ofHead,
                "torch.scaled_dot_product_attention(torch.select(%1$s, 0, 0), torch.select(%1$s, 0, 1), torch.select(%1$s, 0, 2),"
                        + " None, 0.0, False)",
                parts.variable());
        Node joined = graph.value(
                x.shape(), "torch.reshape(torch.transpose(%s, 1, 2), [-1, %d, %d])", mixed.variable(), tokens, width);
        return graph.apply(path + ".proj", weights.linear(width, width), joined);
    }
}
