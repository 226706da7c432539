package dev.engram.encoders.network;

import java.util.List;

/**
 * Learned prototypes and the cosine of each with an embedding: both are scaled to length 1, then multiplied. State
 * {@code prototypes}, {@code [K, D]}, uniform within 1/√D; recipes give them no weight decay. M. Assran et al., arXiv 2204.07141.
 *
 * @param count K; 1,024 in the paper
 */
public record Prototypes(int count) implements Head {
    /** Name of the state, below the path of the head. */
    public static final String NAME = "prototypes";

    /** The cosines, {@code [K]}. */
    @Override
    public Node forward(Graph graph, Node x) {
        List<Long> shape = List.of((long) count, (long) x.units());
        Node prototypes = new Node(graph.parameter(NAME, shape, Initializer.byFanIn(x.units())), shape);
        Node directions = DinoHead.normalized(graph, prototypes);
        Node embedding = DinoHead.normalized(graph, x);
        Node y = graph.value(
                List.of((long) count), "torch.linear(%s, %s, None)", embedding.variable(), directions.variable());
        return graph.tap(NAME, Tap.Kind.LINEAR, y);
    }
}
