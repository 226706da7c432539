package dev.engram.encoders.network;

/** No projector: the embedding is the representation. */
public record NoHead() implements Head {
    @Override
    public Node forward(Graph graph, Node x) {
        return x;
    }
}
