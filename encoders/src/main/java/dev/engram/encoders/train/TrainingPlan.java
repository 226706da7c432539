package dev.engram.encoders.train;

import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which images each step sees, and at what rates. The last images of an epoch that do not fill a batch are left out of that
 * epoch, in a fresh order each time.
 *
 * @param seed of the order
 * @param images places of an epoch: the images of the training set, a repeated one as often as it is visited
 * @param batch images a step, at least 2: a contrast needs others
 * @param epochs at least 1
 * @param rates of the optimizer, by step
 * @param schedules of the numbers that {@link TrainingStep#scalars} names, such as the momentum of a teacher
 * @param sampling how the images of a step are drawn
 */
public record TrainingPlan(
        long seed,
        int images,
        int batch,
        int epochs,
        OptimizerSchedule rates,
        Map<String, Schedule> schedules,
        Sampling sampling) {
    /** How the images of a step are drawn. */
    public enum Sampling {
        /** Epoch by epoch in a fresh order, each image at most once an epoch. */
        SHUFFLED,
        /**
         * Each image by itself with probability batch / images, anew for every step, as accounts of privacy assume; a step may see no
         * image at all.
         */
        POISSON
    }

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

    /** A plan that takes the images in shuffled order. */
    public TrainingPlan(
            long seed, int images, int batch, int epochs, OptimizerSchedule rates, Map<String, Schedule> schedules) {
        this(seed, images, batch, epochs, rates, schedules, Sampling.SHUFFLED);
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

    /**
     * The images that step {@code step} (counted from 0 over all epochs) sees.
     *
     * @param order of the step's epoch
     */
    public int[] batch(int[] order, long step) {
        return switch (sampling) {
            case SHUFFLED -> {
                int from = (int) (step % stepsPerEpoch()) * batch;
                yield Arrays.copyOfRange(order, from, from + batch);
            }
            case POISSON -> {
                RandomStream draws = StatelessRandom.of(seed, "poisson").at(Math.toIntExact(step), 0, 0);
                double rate = (double) batch / images;
                yield IntStream.range(0, images).filter(image -> draws.uniform() < rate).toArray();
            }
        };
    }
}
