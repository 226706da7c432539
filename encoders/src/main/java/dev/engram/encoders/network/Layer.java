package dev.engram.encoders.network;

/** A layer of a network: writes its state, its line of the program and its tap into a definition. */
@FunctionalInterface
public interface Layer {
    /**
     * Writes the layer.
     *
     * @param path PyTorch's module path, below that of the graph
     * @param x what it is applied to
     * @throws IllegalArgumentException naming the path if it cannot be applied to this shape
     */
    Node write(Graph graph, String path, Node x);
}
