package dev.engram.encoders.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network of which only some parameters are trained: the others are part of its state like running statistics, get no gradient and nothing of
 * the optimizer, not even weight decay. Names, shapes and values of the state stay those of the network.
 *
 * @param trained names of the parameters that are; may be none, for training a head alone
 * @param mode of its batch normalizations while it is trained: {@code EVALUATION} uses the running statistics and keeps them, {@code TRAINING} uses the
 *     batch's and goes on averaging them
 */
public record PartlyFrozen(Network network, Set<String> trained, Mode mode) implements Network {
    public PartlyFrozen {
        trained = Set.copyOf(trained);
        List<String> known = StateLayout.of(network).parameters();
        List<String> strangers = trained.stream().filter(name -> !known.contains(name)).sorted().toList();
        if (!strangers.isEmpty()) {
            throw new IllegalArgumentException("%s has no parameter %s".formatted(network.name(), String.join(", ", strangers)));
        }
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public Map<String, String> options() {
        return network.options();
    }

    @Override
    public List<Long> input() {
        return network.input();
    }

    @Override
    public Node forward(Graph graph, Node x) {
        return network.forward(graph.training(trained, mode), x);
    }
}
