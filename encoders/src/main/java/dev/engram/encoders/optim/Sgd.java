package dev.engram.encoders.optim;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.StateSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent with momentum (PyTorch's form: velocity ← momentum · velocity + gradient, no dampening).
 * Biases and normalization parameters (one dimension) are not decayed.
 *
 * @param momentum in [0, 1)
 * @param weightDecay at least 0
 */
public record Sgd(double momentum, double weightDecay) implements Optimizer {
    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), is " + momentum);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight decay must be at least 0, is " + weightDecay);
        }
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public List<StateSpec> state(List<StateSpec> parameters) {
        return ParameterGroup.zeros("momentum_buffer", parameters);
    }

    @Override
    public void step(ProgramText text, List<StateSpec> parameters) {
        String gradients = weightDecay == 0 ? GRADIENTS : decayed(text, parameters);
        text.line("ops.aten._foreach_mul_(%s, %s)", STATE, momentum);
        text.line("ops.aten._foreach_add_(%s, %s, alpha=1)", STATE, gradients);
        text.line("ops.aten._foreach_add_(%s, %s, alpha=torch.neg(%s))", PARAMETERS, STATE, LEARNING_RATE);
    }

    private String decayed(ProgramText text, List<StateSpec> parameters) {
        List<String> gradients = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            gradients.add("%s[%d]".formatted(GRADIENTS, i));
        }
        for (int i : ParameterGroup.weights(parameters).positions()) {
            gradients.set(i, text.let("torch.add(%s[%d], %s[%d], alpha=%s)", GRADIENTS, i, PARAMETERS, i, weightDecay));
        }
        return text.let("annotate(List[Tensor], [%s])", String.join(", ", gradients));
    }
}
