package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Initializer;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parameters that an optimizer treats alike, by their positions. */
record ParameterGroup(List<Integer> positions) {
    /** Weights: what is decayed. */
    static ParameterGroup weights(List<StateSpec> parameters) {
        return where(parameters, false);
    }

    /** Biases and normalization: tensors with one dimension, never decayed. */
    static ParameterGroup vectors(List<StateSpec> parameters) {
        return where(parameters, true);
    }

    static ParameterGroup all(List<StateSpec> parameters) {
        return new ParameterGroup(IntStream.range(0, parameters.size()).boxed().toList());
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /** The group's part of a list in the program, which begins at {@code offset}. */
    String of(String list, int offset) {
        return positions.stream()
                .map(i -> list + "[" + (offset + i) + "]")
                .collect(Collectors.joining(", ", "annotate(List[Tensor], [", "])"));
    }

    /**
     * Keeps in a program an operator that changed the elements of a list made by {@link #of} from the parameters. The compiler
     * tracks the list, not its elements, and drops an operator whose list nobody reads; so one element is put back where it is.
     */
    void keep(ProgramText text, String list) {
        text.let("torch._set_item(%s, %d, %s[0])", Optimizer.PARAMETERS, positions.getFirst(), list);
    }

    /** One slot of optimizer state: zeros in the shape of each parameter. */
    static List<StateSpec> zeros(String slot, List<StateSpec> parameters) {
        return parameters.stream()
                .map(p -> new StateSpec(slot + "." + p.name(), Role.BUFFER, p.type(), p.shape(), new Initializer.Constant(0)))
                .toList();
    }

    private static ParameterGroup where(List<StateSpec> parameters, boolean vector) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            if ((parameters.get(i).shape().size() == 1) == vector) {
                positions.add(i);
            }
        }
        return new ParameterGroup(List.copyOf(positions));
    }
}
