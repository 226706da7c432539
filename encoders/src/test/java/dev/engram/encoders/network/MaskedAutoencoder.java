package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/** A small encoder that sees 4 of 16 patches, others for each image, and its decoder: {@code MaskedAutoencoder} of the oracle. */
record MaskedAutoencoder() implements Network {
    private static final int PATCHES = 16;
    private static final int KEPT = 4;
    private static final VisionTransformer ENCODER = (VisionTransformer) Networks.encoder("vit_tiny", 3, 16,
            Map.of("width", "32", "depth", "2", "heads", "2", "positions", "sincos"));

    @Override
    public String name() {
        return "masked autoencoder";
    }

    @Override
    public List<Long> input() {
        return ENCODER.input();
    }

    @Override
    public Node forward(Graph graph, Node x) {
        String order = order(graph, x.variable(), PATCHES);
        String kept = graph.text().let("torch.slice(%s, 1, 0, %d, 1)", order, KEPT);
        String restore = graph.text().let("torch.argsort(%s, 1, False)", order);
        Graph encoder = graph.under("encoder");
        Node tokens = ENCODER.encode(encoder, ENCODER.patches(encoder, x).kept(encoder, kept, KEPT));
        return MaeDecoder.of(ENCODER, 24, 2, 3).forward(graph.under("decoder"), tokens, restore);
    }

    /** A permutation of the patches for each image, as {@code shuffle} of the oracle. */
    static String order(Graph graph, String images, int patches) {
        String image = graph.text().let("torch.unsqueeze(torch.arange(torch.size(%1$s, 0), device=%1$s.device), 1)", images);
        String patch = graph.text().let("torch.unsqueeze(torch.arange(%d, device=%s.device), 0)", patches, images);
        return graph.text().let(
                "torch.remainder(torch.add(torch.add(torch.mul(%s, 7), 3), torch.mul(%s, 5)), %d)", patch, image, patches);
    }
}
