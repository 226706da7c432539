package dev.engram.encoders.optim;

import java.util.Optional;

/**
 * How an optimizer's rates change over a training.
 *
 * @param learningRate by step
 * @param weightDecay by step; empty keeps the optimizer's own
 * @param momentum by step; empty keeps the optimizer's own
 */
public record OptimizerSchedule(Schedule learningRate, Optional<Schedule> weightDecay, Optional<Schedule> momentum) {
    /** A schedule of the learning rate alone. */
    public static OptimizerSchedule of(Schedule learningRate) {
        return new OptimizerSchedule(learningRate, Optional.empty(), Optional.empty());
    }

    /** The rates for step {@code step}, counted from 0. */
    public OptimizerRates at(long step, Optimizer optimizer) {
        return new OptimizerRates(
                learningRate.at(step),
                weightDecay.map(schedule -> schedule.at(step)).orElse(optimizer.weightDecay()),
                momentum.map(schedule -> schedule.at(step)).orElse(optimizer.momentum()));
    }
}
