package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A loss by itself: its value, its terms and its gradients at given tensors, in their precision. */
public final class ObjectiveGradient implements AutoCloseable {
    private static final int MOST_CONSTANTS = 8;

    private final TorchProgram program;
    private final List<String> terms;

    /** The gradient of an objective by the embeddings of both views. */
    public ObjectiveGradient(Objective objective) {
        this(2, (text, z) -> objective.loss(text, z.get(0), z.get(1)));
    }

    /**
     * The gradient of any loss.
     *
     * @param leaves how many tensors it is differentiated by; those after them are constants
     * @param loss writes the loss from the names of all tensors, leaves first
     */
    public ObjectiveGradient(int leaves, Definition loss) {
        ProgramText text = new ProgramText();
        List<String> names = new java.util.ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            names.add(text.let("torch.requires_grad_(torch.detach(x[%d]), True)", i));
        }
        for (int i = 0; i < MOST_CONSTANTS; i++) {
            names.add("x[" + (leaves + i) + "]");
        }
        Loss written = loss.write(text, List.copyOf(names));
        this.terms = List.copyOf(written.terms().keySet());
        String g = text.let("torch.grad([%s], [%s], None, None, False, False)",
                written.value(), String.join(", ", names.subList(0, leaves)));
        String gradients = String.join(", ", IntStream.range(0, leaves)
                .mapToObj(i -> "unchecked_cast(Tensor, " + g + "[" + i + "])").toList());
        String values = String.join(", ",
                written.terms().values().stream().map(term -> "torch.detach(" + term + ")").toList());
        this.program = TorchProgram.compile(text.forward(
                "x: List[Tensor]",
                "Tuple[Tensor, List[Tensor], List[Tensor]]",
                "(torch.detach(%s), annotate(List[Tensor], [%s]), annotate(List[Tensor], [%s]))"
                        .formatted(written.value(), gradients, values)));
    }


    /**
     * Value and gradients.
     *
     * @param scope owns the result
     * @param tensors the leaves, then the constants
     */
    public Value at(Scope scope, Tensor... tensors) {
        ProgramResult result = program.runWithGradient(scope, List.of(tensors));
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            values.put(terms.get(i), result.tensors(2).get(i).item());
        }
        return new Value(result.tensor(0), result.tensors(1), values);
    }

    @Override
    public void close() {
        program.close();
    }

    /** Writes a loss into a program. */
    @FunctionalInterface
    public interface Definition {
        /** @param tensors names of the tensors it is of */
        Loss write(ProgramText text, List<String> tensors);
    }

    /** A loss (scalar), its gradient by every leaf (in the leaf's shape), and its terms. */
    public record Value(Tensor loss, List<Tensor> gradients, Map<String, Double> terms) {}
}
