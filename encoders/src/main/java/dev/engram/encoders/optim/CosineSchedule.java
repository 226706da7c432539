package dev.engram.encoders.optim;

/**
 * A value that goes from {@code first} to {@code last} along half a cosine.
 *
 * <p>I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017,
 * <a href="https://arxiv.org/abs/1608.03983">arXiv 1608.03983</a>, equation 5, without restarts.
 *
 * @param first value at step 0
 * @param last value at {@code steps} and after
 * @param steps at least 0
 */
public record CosineSchedule(double first, double last, double steps) implements Schedule {
    public CosineSchedule {
        Ranges.require(Double.isFinite(first) && Double.isFinite(last), "values must be finite, go from %s to %s"
                .formatted(first, last));
        Ranges.require(steps >= 0 && Double.isFinite(steps), "steps must be at least 0, are " + steps);
    }

    @Override
    public double at(long step) {
        double progress = steps == 0 ? 1 : Math.min(1, step / steps);
        return last + (first - last) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
