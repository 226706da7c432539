package dev.engram.encoders.optim;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.StateSpec;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of DP-SGD: (Σ_i g_i · min(1, C / ‖g_i‖) + N(0, σ²C²)) / B over the images i of a batch, whose expected size is B.
 *
 * <p>M. Abadi et al., "Deep Learning with Differential Privacy", CCS 2016, <a href="https://arxiv.org/abs/1607.00133">arXiv 1607.00133</a>,
 * algorithm 1. What it spends, {@link RenyiAccountant} says, provided that every image is drawn for a batch by itself.
 *
 * @param clipNorm C, positive; the norm is that of all parameters' gradients as one vector
 * @param noiseMultiplier σ, positive
 * @param expectedBatch B, at least 1
 * @param seed of the noise, which is a function of seed, step and parameter
 */
public record PrivateGradient(double clipNorm, double noiseMultiplier, int expectedBatch, long seed) {
    public PrivateGradient {
        Ranges.checkPositive("clip norm", clipNorm);
        Ranges.checkPositive("noise multiplier", noiseMultiplier);
        Ranges.require(expectedBatch >= 1, "expected batch must be at least 1, is " + expectedBatch);
    }

    /**
     * Standard normal noise in the shapes of the parameters.
     *
     * @param step counted from 0
     */
    public List<Tensor> noise(Scope scope, List<StateSpec> parameters, long step) {
        StatelessRandom random = StatelessRandom.of(seed, "private gradient");
        List<Tensor> noise = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            StateSpec parameter = parameters.get(i);
            long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
            int values = Math.toIntExact(parameter.elements());
            noise.add(scope.floats(random.at(Math.toIntExact(step), i, 0).normalFloats(values, 0, 1), shape));
        }
        return noise;
    }
}
