package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * An optimizer that sees gradients of bounded length: where their global norm (over all parameters as one vector) is above the
 * bound, all are scaled by bound / (norm + 1e-6), as PyTorch's {@code clip_grad_norm_} does.
 *
 * <p>R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013,
 * <a href="https://arxiv.org/abs/1211.5063">arXiv 1211.5063</a>, section 3.2.
 *
 * @param optimizer what steps
 * @param bound largest norm, positive
 */
public record ClippedGradient(Optimizer optimizer, double bound) implements Optimizer {
    public ClippedGradient {
        Ranges.checkPositive("clip norm", bound);
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
        String norm = text.let(
                "torch.linalg_vector_norm(torch.stack(ops.aten._foreach_norm(%s, 2), 0), 2, None, False)", GRADIENTS);
        String scale = text.let("torch.clamp_max(torch.div(%s, torch.add(%s, 1e-6)), 1.)", bound(text, norm), norm);
        text.line("%s = ops.aten._foreach_mul(%s, %s)", GRADIENTS, GRADIENTS, scale);
        optimizer.step(text, parameters);
    }

    private String bound(ProgramText text, String like) {
        return text.let("torch.full_like(%s, %s)", like, bound);
    }
}
