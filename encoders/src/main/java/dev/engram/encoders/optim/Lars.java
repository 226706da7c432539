package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.List;

/**
 * LARS: momentum whose step is scaled, tensor by tensor, by the ratio of the weights' norm to the gradient's.
 *
 * <p>Y. You, I. Gitman, B. Ginsburg, "Large Batch Training of Convolutional Networks", 2017,
 * <a href="https://arxiv.org/abs/1708.03888">arXiv 1708.03888</a>. As in self-supervised practice, biases and normalization
 * parameters (one dimension) get neither decay nor scaling, and momentum has no dampening and no Nesterov term. Where a norm
 * is zero the ratio is 1.
 *
 * @param momentum in [0, 1)
 * @param weightDecay at least 0, added to the gradient before its norm is taken
 * @param trust η, the ratio's factor, positive
 */
public record Lars(double momentum, double weightDecay, double trust) implements Optimizer {
    public Lars {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), is " + momentum);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight decay must be at least 0, is " + weightDecay);
        }
        if (!(trust > 0) || Double.isInfinite(trust)) {
            throw new IllegalArgumentException("trust must be positive, is " + trust);
        }
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
        for (int i : ParameterGroup.weights(parameters).positions()) {
            String weight = PARAMETERS + "[" + i + "]";
            String g = text.let("torch.add(%s[%d], %s, alpha=%s)", GRADIENTS, i, weight, weightDecay);
            String weightNorm = norm(text, weight);
            String gradientNorm = norm(text, g);
            String ratio = text.let("torch.div(torch.mul(%s, %s), %s)", weightNorm, trust, gradientNorm);
            String usable = text.let("torch.gt(torch.mul(%s, %s), 0)", weightNorm, gradientNorm);
            String scale = text.let("torch.where(%1$s, %2$s, torch.ones_like(%2$s))", usable, ratio);
            move(text, i, text.let("torch.mul(%s, %s)", g, scale));
        }
        for (int i : ParameterGroup.vectors(parameters).positions()) {
            move(text, i, GRADIENTS + "[" + i + "]");
        }
    }

    private void move(ProgramText text, int i, String gradient) {
        String speed = text.let("torch.add_(torch.mul_(%s[%d], %s), %s)", STATE, i, momentum, gradient);
        text.let("torch.sub_(%s[%d], torch.mul(%s, %s))", PARAMETERS, i, speed, LEARNING_RATE);
    }

    private static String norm(ProgramText text, String tensor) {
        return text.let("torch.linalg_vector_norm(%s, 2, None, False)", tensor);
    }
}
