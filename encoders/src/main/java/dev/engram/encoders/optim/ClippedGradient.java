package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * An optimizer that sees gradients of bounded length: where a norm is above the bound, what it is of is scaled by bound / (norm + 1e-6), as
 * PyTorch's {@code clip_grad_norm_} does.
 *
 * <p>R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013,
 * <a href="https://arxiv.org/abs/1211.5063">arXiv 1211.5063</a>, section 3.2.
 *
 * @param optimizer what steps
 * @param bound largest norm, positive
 * @param each whether each parameter's gradient is bounded by itself, as in DINO's code ({@code clip_gradients}), instead of all parameters'
 *     as one vector
 */
public record ClippedGradient(Optimizer optimizer, double bound, boolean each) implements Optimizer {
    public ClippedGradient {
        Ranges.checkPositive("clip norm", bound);
    }

    /** By the global norm. */
    public ClippedGradient(Optimizer optimizer, double bound) {
        this(optimizer, bound, false);
    }

    @Override
    public String name() {
        return optimizer.name();
    }

    @Override
    public double weightDecay() {
        return optimizer.weightDecay();
    }

    @Override
    public double momentum() {
        return optimizer.momentum();
    }

    @Override
    public List<StateSpec> state(List<StateSpec> parameters) {
        return optimizer.state(parameters);
    }

    @Override
    public void step(ProgramText text, List<StateSpec> parameters) {
        String norms = text.let("torch.stack(ops.aten._foreach_norm(%s, 2), 0)", GRADIENTS);
        String norm = each ? norms : text.let("torch.linalg_vector_norm(%s, 2, None, False)", norms);
        String scale = text.let("torch.clamp_max(torch.div(torch.full_like(%1$s, %2$s), torch.add(%1$s, 1e-6)), 1.)", norm, bound);
        text.line("%1$s = ops.aten._foreach_mul(%1$s, %2$s)", GRADIENTS, each ? "torch.unbind(" + scale + ", 0)" : scale);
        optimizer.step(text, parameters);
    }
}
