package dev.engram.encoders.network;

import java.util.List;

/**
 * An encoder with its projector: what self-supervised training trains. The encoder's state keeps its names, the projector's is
 * below {@code projector.}; the output is the embedding.
 *
 * @param encoder without classifier
 * @param projector one of {@link Heads}; {@link NoHead} where the method has none
 */
public record ProjectedEncoder(Network encoder, Head projector) implements Network {
    /** Prefix of the projector's state and taps. */
    public static final String PROJECTOR = "projector";

    @Override
    public String name() {
        return encoder.name() + "+" + Heads.text(projector);
    }

    @Override
    public List<Long> input() {
        return encoder.input();
    }

    @Override
    public Node forward(Graph graph, Node x) {
        return projector.forward(graph.under(PROJECTOR), encoder.forward(graph, x));
    }
}
