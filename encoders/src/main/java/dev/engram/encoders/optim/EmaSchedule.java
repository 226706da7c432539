package dev.engram.encoders.optim;

/**
 * The momentum of a moving average of weights, which rises from {@code base} to {@code last} along half a cosine.
 *
 * <p>J.-B. Grill et al., "Bootstrap Your Own Latent", NeurIPS 2020, <a href="https://arxiv.org/abs/2006.07733">arXiv
 * 2006.07733</a>, section 3.2.
 *
 * @param base momentum at step 0, in [0, 1]
 * @param last momentum at the end, in [0, 1]
 * @param totalSteps at least 1
 */
public record EmaSchedule(double base, double last, long totalSteps) implements Schedule {
    public EmaSchedule {
        Ranges.checkFraction("EMA momentum", base);
        Ranges.checkFraction("EMA momentum", last);
        Ranges.checkTotal(totalSteps);
    }

    /** The same momentum at every step. */
    public static EmaSchedule constant(double momentum) {
        return new EmaSchedule(momentum, momentum, 1);
    }

    @Override
    public double at(long step) {
        return new CosineSchedule(base, last, totalSteps).at(step);
    }
}
