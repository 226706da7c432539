package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Initializer;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Parameters that an optimizer treats alike.
 *
 * @param positions in the list of parameters, at least one
 * @param vectors whether they have one dimension
 * @param decayed whether weight decay applies
 * @param rate factor of the learning rate
 * @param fixed the learning rate itself, before the factor, where no schedule changes it
 */
record ParameterGroup(List<Integer> positions, boolean vectors, boolean decayed, double rate, OptionalDouble fixed) {
    ParameterGroup {
        positions = List.copyOf(positions);
    }

    /** The group's part of a list in the program, which begins at {@code offset}. */
    String of(String list, int offset) {
        return positions.stream()
                .map(i -> list + "[" + (offset + i) + "]")
                .collect(Collectors.joining(", ", "annotate(List[Tensor], [", "])"));
    }

    /** Name of the group's learning rate in a program. */
    String learningRate(ProgramText text) {
        if (fixed.isPresent()) {
            return Double.toString(fixed.getAsDouble() * rate);
        }
        return rate == 1 ? Optimizer.LEARNING_RATE : text.let("torch.mul(%s, %s)", Optimizer.LEARNING_RATE, rate);
    }

    /** The group's weight decay in a program. */
    String weightDecay() {
        return decayed ? Optimizer.WEIGHT_DECAY : "0.";
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
}
