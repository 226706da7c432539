package dev.engram.encoders.optim;

import java.util.List;

/**
 * A rate that falls by a factor at given steps: PyTorch's {@code MultiStepLR}.
 *
 * @param first rate before the first fall, positive
 * @param factor γ, in (0, 1]
 * @param falls steps from which on the rate is lower by one factor more, not decreasing
 */
public record StepSchedule(double first, double factor, List<Long> falls) implements Schedule {
    public StepSchedule {
        Ranges.checkPositive("learning rate", first);
        Ranges.require(factor > 0 && factor <= 1, "factor must be in (0, 1], is " + factor);
        falls = List.copyOf(falls);
        Ranges.require(falls.stream().sorted().toList().equals(falls), "falls must not decrease: " + falls);
    }

    @Override
    public double at(long step) {
        long fallen = falls.stream().filter(fall -> fall <= step).count();
        return first * Math.pow(factor, fallen);
    }
}
