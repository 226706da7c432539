package dev.engram.encoders.method;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Graph;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Node;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * One of the networks that a method trains together: the encoder, or a head on it. Its state is named below its path; the
 * encoder's path is empty, so that it keeps PyTorch's names.
 *
 * @param path empty, {@code projector}, or a name below {@link #HEADS}
 * @param network what it computes
 */
public record Part(String path, Network network) {
    /** Prefix of the state of every head but the projector. */
    public static final String HEADS = "heads";

    /** The encoder. */
    public static Part encoder(Network network) {
        return new Part("", network);
    }

    /** A head other than the projector, such as {@code predictor}, on vectors or maps of the given shape. */
    public static Part head(String name, List<Long> input, Definition definition) {
        return new Part(HEADS + "." + name, new Head(name, input, definition));
    }

    /** The projector, whose embeddings are measured later beside the encoder's output. */
    public static Part projector(List<Long> input, Definition definition) {
        return new Part("projector", new Head("projector", input, definition));
    }

    /** Shape of its output for one image. */
    public List<Long> output() {
        return network.forward(Graph.training(new ProgramText(), "p", "b"), new Node("x", network.input())).shape();
    }

    /** State with full names, in order. */
    public List<StateSpec> state() {
        return StateLayout.of(network).state().stream()
                .map(spec -> new StateSpec(named(spec.name()), spec.role(), spec.type(), spec.shape(), spec.initializer()))
                .toList();
    }

    private String named(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** What a head computes. */
    @FunctionalInterface
    public interface Definition {
        Node forward(Graph graph, Node x);
    }

    private record Head(String name, List<Long> input, Definition definition) implements Network {
        @Override
        public Node forward(Graph graph, Node x) {
            return definition.forward(graph, x);
        }
    }
}
