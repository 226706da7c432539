package dev.engram.encoders.network;

/** What a method puts on an encoder's representation, and takes away after training. */
public interface Head {
    /**
     * Writes the head.
     *
     * @param graph below the path of the head, such as {@code projector}
     * @param x the representation or embedding, {@code [D]} for one image
     */
    Node forward(Graph graph, Node x);
}
