package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/** Images of 24 pixels through a transformer for 16, 20 of 36 patches kept, the same for all: {@code MaskedAnchor} of the oracle. */
record MaskedAnchor() implements Network {
    private static final int PATCHES = 36;
    private static final int KEPT = 20;
    private static final VisionTransformer ENCODER = (VisionTransformer) Networks.encoder("vit_tiny", 3, 16,
            Map.of("width", "32", "depth", "2", "heads", "2"));

    @Override
    public String name() {
        return "masked anchor";
    }

    @Override
    public List<Long> input() {
        return List.of(3L, 24L, 24L);
    }

    @Override
    public Node forward(Graph graph, Node x) {
        Graph encoder = graph.under("encoder");
        String order = MaskedAutoencoder.order(graph, x.variable(), PATCHES);
        String kept = graph.text().let("torch.slice(torch.select(%s, 0, 0), 0, 0, %d, 1)", order, KEPT);
        PatchTokens tokens = ENCODER.patches(encoder, x).keptOfAll(encoder, kept, KEPT);
        return ENCODER.pooled(encoder, ENCODER.encode(encoder, tokens));
    }
}
