package dev.engram.attack.dejavu;

import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * Whether an encoder's confidence gives away that an image was in its training data, whatever the image's class: the images only it
 * saw are the members, those only the other saw the non-members, all shown by the same crop. Both encoders are tested, the figures are
 * their mean.
 *
 * <p>Reported as N. Carlini et al., "Membership Inference Attacks From First Principles", 2022, <a
 * href="https://arxiv.org/abs/2112.03570">arXiv:2112.03570</a>, ask for: true positives at few false ones, besides the area under the curve.
 * A rate of false positives below one non-member is left out.
 *
 * @param members images only f saw; members of f and non-members of g
 * @param nonMembers images only g saw
 * @param auc area under the ROC curve, 0.5 if confidence tells nothing
 * @param rates by ascending rate of false positives
 */
public record MembershipTest(Score score, int members, int nonMembers, Interval auc, List<Rate> rates) {
    private static final double[] FALSE_POSITIVES = {0.001, 0.01, 0.1};

    /** What is taken for membership. */
    public enum Score {
        /** The confidence of the encoder under test. */
        CONFIDENCE((own, other) -> own),
        /** How much surer it is than the other encoder, which takes out how easy the image is. */
        DIFFERENCE((own, other) -> own - other);

        private final ToDoubleBiFunction<Double, Double> of;

        Score(ToDoubleBiFunction<Double, Double> of) {
            this.of = of;
        }

        /** By the encoder that saw the image. */
        double ofMember(LabelInference image) {
            return of.applyAsDouble(image.target().confidence(), image.reference().confidence());
        }

        /** By the encoder that did not. */
        double ofNonMember(LabelInference image) {
            return of.applyAsDouble(image.reference().confidence(), image.target().confidence());
        }
    }

    /** True positives at a rate of false ones. */
    public record Rate(double falsePositives, Interval truePositives) {}

    public MembershipTest {
        rates = List.copyOf(rates);
    }

    /**
     * @param candidates images f saw and g did not; at least one
     * @param independents images g saw and f did not; at least one
     * @param resamples of the percentile bootstrap over images, at least 1; each a function of (seed, resample)
     * @param stopPoint called now and then; may throw to end the work
     */
    public static MembershipTest of(
            Score score,
            List<LabelInference> candidates,
            List<LabelInference> independents,
            int resamples,
            long seed,
            Runnable stopPoint) {
        Encoders encoders = new Encoders(
                new RankedScores(values(candidates, score::ofMember), values(independents, score::ofNonMember)),
                new RankedScores(values(independents, score::ofMember), values(candidates, score::ofNonMember)));
        double[] rates = Arrays.stream(FALSE_POSITIVES)
                .filter(rate -> rate * Math.min(candidates.size(), independents.size()) >= 1)
                .toArray();
        double[] seen = encoders.figures(once(candidates.size()), once(independents.size()), rates);
        double[][] resampled = new double[seen.length][resamples];
        StatelessRandom random = StatelessRandom.of(seed, "membership");
        for (int resample = 0; resample < resamples; resample++) {
            stopPoint.run();
            double[] figures = encoders.figures(
                    drawn(candidates.size(), random.at(resample, 0, 0)),
                    drawn(independents.size(), random.at(resample, 1, 0)),
                    rates);
            for (int i = 0; i < figures.length; i++) {
                resampled[i][resample] = figures[i];
            }
        }
        List<Rate> found = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            found.add(new Rate(rates[i], Interval.percentile(seen[i + 1], resampled[i + 1])));
        }
        return new MembershipTest(
                score, candidates.size(), independents.size(), Interval.percentile(seen[0], resampled[0]), found);
    }

    /** Both encoders' scores of all images. */
    private record Encoders(RankedScores f, RankedScores g) {
        /** AUC, then true positives at each rate; means of both encoders. */
        double[] figures(int[] candidateTimes, int[] independentTimes, double[] rates) {
            RankedScores.Roc one = f.roc(candidateTimes, independentTimes);
            RankedScores.Roc other = g.roc(independentTimes, candidateTimes);
            double[] figures = new double[rates.length + 1];
            figures[0] = (one.auc() + other.auc()) / 2;
            for (int i = 0; i < rates.length; i++) {
                figures[i + 1] = (one.truePositives(rates[i]) + other.truePositives(rates[i])) / 2;
            }
            return figures;
        }
    }

    private static double[] values(List<LabelInference> images, Function<LabelInference, Double> score) {
        return images.stream().mapToDouble(score::apply).toArray();
    }

    private static int[] once(int images) {
        int[] times = new int[images];
        Arrays.fill(times, 1);
        return times;
    }

    private static int[] drawn(int images, RandomStream draws) {
        int[] times = new int[images];
        for (int i = 0; i < images; i++) {
            times[draws.uniformInt(images)]++;
        }
        return times;
    }
}
