package dev.engram.attack.dejavu;

import dev.engram.encoders.random.StatelessRandom;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The score of a recipe over several pairs trained by it: what other trainings would have done, not only what other images would.
 *
 * <p>Each resample draws as many pairs as there are, with replacement, then within each of them images as {@link PairedBootstrap}
 * does: the cluster bootstrap of A. C. Davison, D. V. Hinkley, "Bootstrap Methods and their Application", 1997, §3.8. With fewer than
 * about ten pairs its intervals are too narrow; {@link Result#deviation} tells how pairs differ.
 */
public final class PairsBootstrap {
    private PairsBootstrap() {}

    /**
     * @param gaps of each pair, with intervals over its images
     * @param mean over the pairs
     * @param deviation standard deviation of the score between pairs (n - 1)
     */
    public record Result(List<AccuracyGap> gaps, AccuracyGap mean, double deviation) {}

    /**
     * @param pairs of each pair the attacked images of each direction; at least two pairs, no direction empty
     * @param resamples at least 1; each a function of (seed, resample)
     * @param stopPoint called now and then; may throw to end the drawing
     */
    public static Result of(List<List<List<LabelInference>>> pairs, int resamples, long seed, Runnable stopPoint) {
        if (pairs.size() < 2) {
            throw new IllegalArgumentException("a score over pairs needs two of them");
        }
        List<AccuracyGap> gaps = pairs.stream()
                .map(directions -> AccuracyGap.of(
                        directions.stream().map(DirectionTally::of).toList(),
                        new PairedBootstrap(directions, resamples, seed, stopPoint),
                        PairsBootstrap::target,
                        PairsBootstrap::reference))
                .toList();
        double[][] drawn = draw(pairs, resamples, seed, stopPoint);
        double target = mean(gaps, gap -> gap.target().value());
        double reference = mean(gaps, gap -> gap.reference().value());
        double score = mean(gaps, gap -> gap.score().value());
        double squares = gaps.stream().mapToDouble(gap -> Math.pow(gap.score().value() - score, 2)).sum();
        return new Result(
                gaps,
                new AccuracyGap(
                        Interval.percentile(target, drawn[0]),
                        Interval.percentile(reference, drawn[1]),
                        Interval.percentile(score, drawn[2])),
                Math.sqrt(squares / (gaps.size() - 1)));
    }

    /** Target, reference and their difference, resample by resample. */
    private static double[][] draw(
            List<List<List<LabelInference>>> pairs, int resamples, long seed, Runnable stopPoint) {
        List<List<DirectionTally.Counter>> counters = pairs.stream()
                .map(directions -> directions.stream().map(DirectionTally.Counter::new).toList())
                .toList();
        StatelessRandom random = StatelessRandom.of(seed, "bootstrap over pairs");
        StatelessRandom images = StatelessRandom.of(seed, "bootstrap within pairs");
        double[][] drawn = new double[3][resamples];
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            var draws = random.at(resample, 0, 0);
            for (int place = 0; place < pairs.size(); place++) {
                List<DirectionTally.Counter> directions = counters.get(draws.uniformInt(pairs.size()));
                for (int direction = 0; direction < directions.size(); direction++) {
                    DirectionTally tally =
                            PairedBootstrap.draw(directions.get(direction), images.at(resample, place, direction));
                    double share = 1.0 / pairs.size() / directions.size();
                    drawn[0][resample] += share * target(tally);
                    drawn[1][resample] += share * reference(tally);
                }
            }
            drawn[2][resample] = drawn[0][resample] - drawn[1][resample];
        }
        return drawn;
    }

    private static double target(DirectionTally tally) {
        return tally.partition().target();
    }

    private static double reference(DirectionTally tally) {
        return tally.partition().reference();
    }

    private static double mean(List<AccuracyGap> gaps, ToDoubleFunction<AccuracyGap> figure) {
        return gaps.stream().mapToDouble(figure).sum() / gaps.size();
    }
}
