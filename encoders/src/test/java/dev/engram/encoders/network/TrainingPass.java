package dev.engram.encoders.network;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;

/** A forward pass in training mode and the gradients of the sum of its output, weighted by {@code Formula.noise("cotangent")}. */
final class TrainingPass implements AutoCloseable {
    private final StateLayout layout;
    private final long outputs;
    private final TorchProgram program;

    TrainingPass(Network network) {
        layout = StateLayout.of(network);
        ProgramText text = new ProgramText();
        text.line("q = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _q = torch.append(q, torch.requires_grad_(torch.detach(p[i]), True))");
        Node y = network.forward(Graph.training(text, "q", "b"), new Node("x", network.input()));
        outputs = y.elements();
        String loss = text.let("torch.sum(torch.mul(%s, torch.view_as(w, %1$s)))", y.variable());
        text.line("g = torch.grad([%s], q, None, None, False, False)", loss);
        text.line("gs = annotate(List[Tensor], [])");
        text.line("for i in range(torch.len(p)):");
        text.line("  _g = torch.append(gs, torch.contiguous(unchecked_cast(Tensor, g[i])))");
        program = TorchProgram.compile(InPlaceRelu.in(text.forward(
                "x: Tensor, p: List[Tensor], b: List[Tensor], w: Tensor",
                "Tuple[Tensor, List[Tensor]]",
                "(torch.detach(" + y.variable() + "), gs)")));
    }

    /** The output, then the gradients in the order of {@link StateLayout#parameters}. */
    ProgramResult run(Scope scope, StateDict state, Tensor images) {
        int count = Math.toIntExact(images.shape()[0] * outputs);
        Tensor cotangent = Formula.tensor(scope, Formula.noise("cotangent", count), ElementType.FLOAT64, count);
        return program.runWithGradient(
                scope, images, state.get(layout.parameters()), state.get(layout.buffers()), cotangent);
    }

    @Override
    public void close() {
        program.close();
    }
}
