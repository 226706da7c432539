package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;

/** An objective by itself: its value and its gradient at given embeddings, in their precision. */
public final class ObjectiveGradient implements AutoCloseable {
    private final TorchProgram program;

    public ObjectiveGradient(Objective objective) {
        ProgramText text = new ProgramText();
        String z1 = text.let("torch.requires_grad_(torch.detach(z1), True)");
        String z2 = text.let("torch.requires_grad_(torch.detach(z2), True)");
        String loss = objective.loss(text, z1, z2);
        String g = text.let("torch.grad([%s], [%s, %s], None, None, False, False)", loss, z1, z2);
        this.program = TorchProgram.compile(text.forward(
                "z1: Tensor, z2: Tensor",
                "Tuple[Tensor, Tensor, Tensor]",
                "(torch.detach(%s), unchecked_cast(Tensor, %2$s[0]), unchecked_cast(Tensor, %2$s[1]))".formatted(loss, g)));
    }

    /**
     * Value and gradient.
     *
     * @param scope owns the result
     * @param z1 embeddings of the first views, {@code [N, D]}
     * @param z2 embeddings of the second views, {@code [N, D]}
     */
    public Value at(Scope scope, Tensor z1, Tensor z2) {
        ProgramResult result = program.runWithGradient(scope, z1, z2);
        return new Value(result.tensor(0), result.tensor(1), result.tensor(2));
    }

    @Override
    public void close() {
        program.close();
    }

    /** A loss (scalar) and its gradient by both embeddings ({@code [N, D]} each). */
    public record Value(Tensor loss, Tensor gradient1, Tensor gradient2) {}
}
