package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/** A small convolutional autoencoder with its decoder: {@code ConvAutoencoder} of the oracle. */
record Reconstruction() implements Network {
    private static final ConvAutoencoder ENCODER = (ConvAutoencoder) Networks.encoder("conv_autoencoder", 3, 16,
            Map.of("width", "4", "depth", "2", "code", "6"));

    @Override
    public String name() {
        return "reconstruction";
    }

    @Override
    public List<Long> input() {
        return ENCODER.input();
    }

    @Override
    public Node forward(Graph graph, Node x) {
        return ENCODER.decoder().forward(graph.under("decoder"), ENCODER.forward(graph.under("encoder"), x));
    }
}
