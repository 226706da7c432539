package dev.engram.encoders.network;

import java.util.List;

/**
 * An architecture: a function from images to a vector per image, defined once by {@link #forward}. Holds no weights; those
 * are a {@code StateDict} with the names of {@link StateLayout}.
 */
public interface Network {
    /** Stable name, as specs and manifests write it, such as {@code resnet9}. */
    String name();

    /** Shape of one input, {@code [C, H, W]} for images. */
    List<Long> input();

    /**
     * Defines the network layer by layer. Called once for every program that is emitted, and must do the same each time.
     *
     * @param x one batch of inputs
     * @return the output, {@code [N, D]}
     */
    Node forward(Graph graph, Node x);
}
