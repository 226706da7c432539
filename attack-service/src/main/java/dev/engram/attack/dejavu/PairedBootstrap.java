package dev.engram.attack.dejavu;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by resampling images: each resample draws, within each direction, as many images as there are, with replacement,
 * and keeps an image's two verdicts together. So what both encoders find easy or hard cancels in their difference.
 *
 * <p>B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, §13.3 (percentile interval), §15 (paired, stratified
 * data). The interval tells what other images would have done; it knows nothing of what other trainings would have.
 *
 * <p>Every draw is a function of (seed, resample, direction). Cost: resamples · images draws, some 10 ns each.
 */
public final class PairedBootstrap {
    private final DirectionTally[][] tallies;

    /**
     * @param directions the attacked images of each direction, none empty
     * @param resamples at least 1
     */
    public PairedBootstrap(List<List<LabelInference>> directions, int resamples, long seed) {
        this(directions, resamples, seed, () -> {});
    }

    /** @param stopPoint called now and then; may throw to end the drawing */
    public PairedBootstrap(List<List<LabelInference>> directions, int resamples, long seed, Runnable stopPoint) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples must be at least 1, is " + resamples);
        }
        StatelessRandom random = StatelessRandom.of(seed, "bootstrap");
        List<DirectionTally.Counter> counters = directions.stream().map(DirectionTally.Counter::new).toList();
        tallies = new DirectionTally[resamples][directions.size()];
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            for (int direction = 0; direction < directions.size(); direction++) {
                tallies[resample][direction] = draw(counters.get(direction), random.at(resample, direction, 0));
            }
        }
    }

    /**
     * The interval of a figure.
     *
     * @param directions what was seen; the figure is the mean over them
     */
    Interval interval(List<DirectionTally> directions, ToDoubleFunction<DirectionTally> figure) {
        return interval(mean(directions, figure), figure);
    }

    /** The interval of a figure that is {@code value} and the mean over the directions of one of each. */
    Interval interval(double value, ToDoubleFunction<DirectionTally> figure) {
        double[] resampled = new double[tallies.length];
        for (int i = 0; i < resampled.length; i++) {
            resampled[i] = mean(List.of(tallies[i]), figure);
        }
        return Interval.percentile(value, resampled);
    }

    static double mean(List<DirectionTally> directions, ToDoubleFunction<DirectionTally> figure) {
        return directions.stream().mapToDouble(figure).sum() / directions.size();
    }

    static DirectionTally draw(DirectionTally.Counter images, RandomStream draws) {
        for (int i = 0; i < images.images(); i++) {
            images.count(draws.uniformInt(images.images()));
        }
        return images.tally();
    }
}
