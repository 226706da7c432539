package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * LARS: momentum whose step is scaled, tensor by tensor, by the ratio of the weights' norm to the gradient's.
 *
 * <p>Y. You, I. Gitman, B. Ginsburg, "Large Batch Training of Convolutional Networks", 2017,
 * <a href="https://arxiv.org/abs/1708.03888">arXiv 1708.03888</a>. As in self-supervised practice, vectors are never scaled, and
 * momentum has no dampening and no Nesterov term. Where a norm is zero the ratio is 1.
 *
 * @param momentum in [0, 1)
 * @param weightDecay at least 0, added to the gradient before its norm is taken
 * @param trust η, the ratio's factor, positive
 * @param rules which parameters are decayed
 */
public record Lars(double momentum, double weightDecay, double trust, ParameterRules rules) implements Optimizer {
    public Lars {
        Ranges.checkMomentum("momentum", momentum);
        Ranges.checkWeightDecay(weightDecay);
        Ranges.checkPositive("trust", trust);
    }

    /** Vectors are not decayed. */
    public Lars(double momentum, double weightDecay, double trust) {
        this(momentum, weightDecay, trust, ParameterRules.USUAL);
    }

    /** Momentum 0.9 and η 0.001. */
    public static Lars of(double weightDecay) {
        return new Lars(0.9, weightDecay, 0.001);
    }

    @Override
    public String name() {
        return "lars";
    }

    @Override
    public List<StateSpec> state(List<StateSpec> parameters) {
        return ParameterGroup.zeros("momentum_buffer", parameters);
    }

    @Override
    public void step(ProgramText text, List<StateSpec> parameters) {
        for (ParameterGroup group : rules.groups(parameters)) {
            String weights = text.let(group.of(PARAMETERS, 0));
            String gradients = text.let(group.of(GRADIENTS, 0));
            if (group.decayed()) {
                gradients = text.let("ops.aten._foreach_add(%s, %s, alpha=%s)", gradients, weights, WEIGHT_DECAY);
            }
            if (!group.vectors()) {
                gradients = scaled(text, gradients, weights);
            }
            String speeds = text.let(group.of(STATE, 0));
            text.line("ops.aten._foreach_mul_(%s, %s)", speeds, MOMENTUM);
            text.line("ops.aten._foreach_add_(%s, %s, alpha=1)", speeds, gradients);
            text.line("ops.aten._foreach_add_(%s, %s, alpha=torch.neg(%s))", weights, speeds, group.learningRate(text));
            group.keep(text, weights);
        }
    }

    private String scaled(ProgramText text, String gradients, String weights) {
        String weightNorms = norms(text, weights);
        String gradientNorms = norms(text, gradients);
        String ratios = text.let("torch.div(torch.mul(%s, %s), %s)", weightNorms, trust, gradientNorms);
        String usable = text.let("torch.logical_and(torch.gt(%s, 0), torch.gt(%s, 0))", weightNorms, gradientNorms);
        String scales = text.let("torch.where(%1$s, %2$s, torch.ones_like(%2$s))", usable, ratios);
        return text.let("ops.aten._foreach_mul(%s, torch.unbind(%s, 0))", gradients, scales);
    }

    private static String norms(ProgramText text, String tensors) {
        return text.let("torch.stack(ops.aten._foreach_norm(%s, 2), 0)", tensors);
    }
}
