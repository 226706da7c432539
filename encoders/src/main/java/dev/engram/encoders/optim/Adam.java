package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Initializer;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.network.StateSpec.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam, by PyTorch's fused operator: one pass over each tensor.
 *
 * <p>D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
 * <a href="https://arxiv.org/abs/1412.6980">arXiv 1412.6980</a>. With {@code decoupled}, AdamW: I. Loshchilov, F. Hutter,
 * "Decoupled Weight Decay Regularization", ICLR 2019, <a href="https://arxiv.org/abs/1711.05101">arXiv 1711.05101</a>.
 *
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of their squares, in [0, 1)
 * @param epsilon added to the root, at least 0
 * @param weightDecay at least 0
 * @param decoupled AdamW's decay instead of an L2 term in the gradient
 * @param rules which parameters are decayed
 */
public record Adam(
        double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled, ParameterRules rules)
        implements Optimizer {
    public Adam {
        Ranges.checkMomentum("beta1", beta1);
        Ranges.checkMomentum("beta2", beta2);
        Ranges.require(
                epsilon >= 0 && Double.isFinite(epsilon), "epsilon must be at least 0, is " + epsilon);
        Ranges.checkWeightDecay(weightDecay);
    }

    /** Vectors are not decayed. */
    public Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
        this(beta1, beta2, epsilon, weightDecay, decoupled, ParameterRules.USUAL);
    }

    /** PyTorch's defaults: β 0.9 and 0.999, ε 1e-8; with an L2 term. */
    public static Adam of(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-8, weightDecay, false);
    }

    /** PyTorch's defaults for AdamW: β 0.9 and 0.999, ε 1e-8. */
    public static Adam decoupled(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-8, weightDecay, true);
    }

    @Override
    public String name() {
        return decoupled ? "adamw" : "adam";
    }

    @Override
    public double momentum() {
        return beta1;
    }

    @Override
    public List<StateSpec> state(List<StateSpec> parameters) {
        List<StateSpec> state = new ArrayList<>(ParameterGroup.zeros("exp_avg", parameters));
        state.addAll(ParameterGroup.zeros("exp_avg_sq", parameters));
        for (StateSpec p : parameters) {
            state.add(new StateSpec(
                    "step." + p.name(), Role.BUFFER, ElementType.FLOAT32, List.of(), new Initializer.Constant(0)));
        }
        return List.copyOf(state);
    }

    @Override
    public void step(ProgramText text, List<StateSpec> parameters) {
        int n = parameters.size();
        for (ParameterGroup group : rules.groups(parameters)) {
            String changed = text.let(group.of(PARAMETERS, 0));
            String steps = text.let(group.of(STATE, 2 * n));
            text.line("ops.aten._foreach_add_(%s, 1)", steps);
            text.line(
                    "ops.aten._%s_(%s, %s, %s, %s, annotate(List[Tensor], []), %s, lr=%s, beta1=%s, beta2=%s,"
                            + " weight_decay=%s, eps=%s, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)",
                    decoupled ? "fused_adamw" : "fused_adam",
                    changed, group.of(GRADIENTS, 0), group.of(STATE, 0), group.of(STATE, n), steps,
                    group.learningRate(text), MOMENTUM, beta2, group.weightDecay(), epsilon);
            group.keep(text, changed);
        }
    }
}
