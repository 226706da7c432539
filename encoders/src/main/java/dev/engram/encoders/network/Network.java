package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;

/**
 * An architecture: a function from images to a vector per image, defined once by {@link #forward}. Holds no weights; those
 * are a {@code StateDict} with the names of {@link StateLayout}.
 */
public interface Network {
    /** Stable name, as specs and manifests write it, such as {@code resnet9}. */
    String name();

    /** Every option it was made with, as {@link Networks#encoder} takes them; empty where it was not made by name. */
    default Map<String, String> options() {
        return Map.of();
    }

    /** Shape of one input, {@code [C, H, W]} for images. */
    List<Long> input();

    /**
     * Defines the network layer by layer. Called once for every program that is emitted, and must do the same each time.
     *
     * @param x one batch of inputs. Its height and width may differ from {@link #input} where the state does not depend on them, as
     *     with multi-crop training
     * @return the output, {@code [N, D]}
     */
    Node forward(Graph graph, Node x);
}
