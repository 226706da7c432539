package dev.engram.encoders.optim;

/**
 * A rate that rises linearly and then goes on as another schedule says, which counts from the end of the rise.
 *
 * @param startFraction first rate by the first of {@code then}, in [0, 1]
 * @param steps of the rise, at least 0
 * @param then the rate after the rise
 */
public record Warmup(double startFraction, long steps, Schedule then) implements Schedule {
    public Warmup {
        Ranges.checkFraction("start fraction", startFraction);
        Ranges.require(steps >= 0, "warm-up steps must be at least 0, are " + steps);
    }

    @Override
    public double at(long step) {
        if (step >= steps) {
            return then.at(step - steps);
        }
        return then.at(0) * (startFraction + (1 - startFraction) * step / steps);
    }
}
