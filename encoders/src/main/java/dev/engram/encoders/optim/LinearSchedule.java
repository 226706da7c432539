package dev.engram.encoders.optim;

/**
 * A value that goes straight from {@code first} to {@code last}.
 *
 * @param first value at step 0
 * @param last value at {@code steps} and after
 * @param steps at least 0
 */
public record LinearSchedule(double first, double last, double steps) implements Schedule {
    public LinearSchedule {
        Ranges.require(Double.isFinite(first) && Double.isFinite(last), "values must be finite, go from %s to %s"
                .formatted(first, last));
        Ranges.require(steps >= 0 && Double.isFinite(steps), "steps must be at least 0, are " + steps);
    }

    @Override
    public double at(long step) {
        return steps == 0 ? last : first + (last - first) * Math.min(1, step / steps);
    }
}
