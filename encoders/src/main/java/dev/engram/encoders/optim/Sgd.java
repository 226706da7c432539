package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, by PyTorch's fused operator: velocity ← momentum · velocity + gradient, without
 * dampening. With {@code nesterov} the step is along gradient + momentum · velocity (I. Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", ICML 2013).
 *
 * @param momentum in [0, 1); 0 remembers nothing between steps, whatever a schedule says
 * @param nesterov needs a momentum
 * @param weightDecay at least 0, added to the gradient
 * @param rules which parameters are decayed
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay, ParameterRules rules) implements Optimizer {
    public Sgd {
        Ranges.checkMomentum("momentum", momentum);
        Ranges.checkWeightDecay(weightDecay);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0");
        }
    }

    /** Plain momentum; vectors are not decayed. */
    public Sgd(double momentum, double weightDecay) {
        this(momentum, false, weightDecay, ParameterRules.USUAL);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public List<StateSpec> state(List<StateSpec> parameters) {
        return remembers() ? ParameterGroup.zeros("momentum_buffer", parameters) : List.of();
    }

    @Override
    public void step(ProgramText text, List<StateSpec> parameters) {
        for (ParameterGroup group : rules.groups(parameters)) {
            String changed = text.let(group.of(PARAMETERS, 0));
            text.line(
                    "ops.aten._fused_sgd_(%s, %s, %s, weight_decay=%s, momentum=%s, lr=%s, dampening=0., nesterov=%s,"
                            + " maximize=False, is_first_step=False, grad_scale=None, found_inf=None)",
                    changed, group.of(GRADIENTS, 0),
                    remembers() ? group.of(STATE, 0) : "annotate(List[Tensor], [])",
                    group.weightDecay(),
                    remembers() ? MOMENTUM : "0.",
                    group.learningRate(text),
                    nesterov ? "True" : "False");
            group.keep(text, changed);
        }
    }

    /** PyTorch's operator refuses velocities without a momentum. */
    private boolean remembers() {
        return momentum > 0;
    }
}
