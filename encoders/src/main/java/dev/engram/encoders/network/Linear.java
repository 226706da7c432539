package dev.engram.encoders.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fully connected layer over the units of a vector or of each token; state {@code path.weight}, {@code path.bias}; tap
 * {@code path}.
 *
 * @param units output width
 * @param bias whether it adds a bias
 * @param weights initial weights, with a bias of 0; if empty, both are drawn by {@link Initializer#byFanIn}
 */
public record Linear(int units, boolean bias, Optional<Initializer> weights) implements Layer {
    /** With bias and PyTorch's default initial values. */
    public static Linear of(int units) {
        return new Linear(units, true, Optional.empty());
    }

    /** With a bias of 0 and weights from a distribution. */
    public static Linear of(int units, Initializer weights) {
        return new Linear(units, true, Optional.of(weights));
    }

    public Linear withoutBias() {
        return new Linear(units, false, weights);
    }

    @Override
    public Node write(Graph graph, String path, Node x) {
        Initializer byFanIn = Initializer.byFanIn(x.units());
        String weight = graph.parameter(
                path + ".weight", List.of((long) units, (long) x.units()), weights.orElse(byFanIn));
        Initializer offsets = weights.isPresent() ? new Initializer.Constant(0) : byFanIn;
        String offset = bias ? graph.parameter(path + ".bias", List.of((long) units), offsets) : "None";
        List<Long> shape = new ArrayList<>(x.shape());
        shape.set(shape.size() - 1, (long) units);
        return graph.tap(path, Tap.Kind.LINEAR,
                graph.value(shape, "torch.linear(%s, %s, %s)", x.variable(), weight, offset));
    }
}
