package dev.engram.encoders.train;

import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which images each step sees, and at what rates. The last images of an epoch that do not fill a batch are left out of that
 * epoch, in a fresh order each time.
 *
 * @param seed of the order
 * @param images in the training set
 * @param batch images a step, at least 2: a contrast needs others
 * @param epochs at least 1
 * @param rates of the optimizer, by step
 * @param schedules of the numbers that {@link TrainingStep#scalars} names, such as the momentum of a teacher
 */
public record TrainingPlan(
        long seed, int images, int batch, int epochs, OptimizerSchedule rates, Map<String, Schedule> schedules) {
    public TrainingPlan {
        schedules = Map.copyOf(schedules);
        if (batch < 2) {
            throw new IllegalArgumentException("batch must be at least 2, is " + batch);
        }
        if (batch > images) {
            throw new IllegalArgumentException("batch must be at most the %d images, is %d".formatted(images, batch));
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, are " + epochs);
        }
    }

    /** A plan with nothing scheduled but the learning rate. */
    public static TrainingPlan of(long seed, int images, int batch, int epochs, Schedule learningRate) {
        return new TrainingPlan(seed, images, batch, epochs, OptimizerSchedule.of(learningRate), Map.of());
    }

    /** Steps of one epoch. */
    public int stepsPerEpoch() {
        return images / batch;
    }

    /** Steps of the whole training. */
    public long totalSteps() {
        return (long) epochs * stepsPerEpoch();
    }

    /** Epoch of step {@code step}; both counted from 0. */
    public int epoch(long step) {
        return Math.toIntExact(step / stepsPerEpoch());
    }

    /** The scheduled numbers at step {@code step}, counted from 0. */
    public Map<String, Double> values(long step) {
        Map<String, Double> values = new LinkedHashMap<>();
        schedules.forEach((name, schedule) -> values.put(name, schedule.at(step)));
        return values;
    }

    /** Order of the images in an epoch: a function of seed and epoch. */
    public int[] order(int epoch) {
        return StatelessRandom.of(seed, "order").permutation(images, epoch);
    }

    /** The part of an epoch's order that step {@code step} (counted from 0 over all epochs) sees. */
    public int[] batch(int[] order, long step) {
        int from = (int) (step % stepsPerEpoch()) * batch;
        return Arrays.copyOfRange(order, from, from + batch);
    }
}
