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
public record EmaSchedule(double base, double last, long totalSteps) {
    public EmaSchedule {
        if (!(base >= 0 && base <= 1) || !(last >= 0 && last <= 1)) {
            throw new IllegalArgumentException("EMA momentum must be in [0, 1], goes from %s to %s".formatted(base, last));
        }
        if (totalSteps < 1) {
            throw new IllegalArgumentException("total steps must be at least 1, are " + totalSteps);
        }
    }

    /** The same momentum at every step. */
    public static EmaSchedule constant(double momentum) {
        return new EmaSchedule(momentum, momentum, 1);
    }

    /** The momentum at step {@code step}, counted from 0; after the end, {@code last}. */
    public double at(long step) {
        double progress = Math.min(1, (double) step / totalSteps);
        return last + (base - last) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
