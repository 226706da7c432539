package dev.engram.attack.dejavu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.attack.dejavu.MembershipTest.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembershipTestTest {
    private static final double[] MEMBERS = {-0.1, -0.1, -0.4, -0.7, -1.2, -0.0, -0.4, -2.0};
    private static final double[] OTHERS = {-0.4, -0.9, -1.2, -1.5, -0.1, -2.0, -2.0, -0.8, -1.0, -1.1};

    /** scipy.stats.mannwhitneyu and plain enumeration of thresholds: {@code src/test/oracle/attack_statistics.py}. */
    @Test
    void curveWithTiesIsThatOfEveryThreshold() {
        RankedScores.Roc roc = new RankedScores(MEMBERS, OTHERS).roc(ones(8), ones(10));
        assertEquals(0.73125, roc.auc(), 1e-15);
        assertEquals(0.125, roc.truePositives(0.05));
        assertEquals(0.375, roc.truePositives(0.1));
        assertEquals(0.75, roc.truePositives(0.2));
        assertEquals(0.75, roc.truePositives(0.5));
        assertEquals(1.0, roc.truePositives(1));
    }

    @Test
    void anImageDrawnTwiceCountsTwice() {
        double[] doubled = {0.5, 0.5, 0.1};
        RankedScores.Roc roc = new RankedScores(new double[] {0.5, 0.1, 0.9}, OTHERS).roc(new int[] {2, 1, 0}, ones(10));
        assertEquals(new RankedScores(doubled, OTHERS).roc(ones(3), ones(10)).auc(), roc.auc());
    }

    @Test
    void confidenceThatMembershipRaisesIsFound() {
        List<LabelInference> candidates = images(0, 400, 1);
        List<LabelInference> independents = images(400, 400, 1);
        MembershipTest confidence = test(Score.CONFIDENCE, candidates, independents);
        assertTrue(confidence.auc().low() > 0.55 && confidence.auc().high() < 0.8, confidence.toString());
        MembershipTest difference = test(Score.DIFFERENCE, candidates, independents);
        assertTrue(difference.auc().low() > confidence.auc().value(), "the image's own ease cancels: " + difference);
        assertEquals(
                List.of(0.01, 0.1), difference.rates().stream().map(MembershipTest.Rate::falsePositives).toList());
        assertTrue(difference.rates().getLast().truePositives().low() > 0.15, difference.toString());
    }

    @Test
    void oneEncoderTwiceTellsNothingByTheDifference() {
        List<LabelInference> candidates = images(0, 200, 0);
        List<LabelInference> independents = images(200, 200, 0);
        MembershipTest test = test(Score.DIFFERENCE, candidates, independents);
        assertEquals(new Interval(0.5, 0.5, 0.5), test.auc());
        assertEquals(0.0, test.rates().getFirst().truePositives().value());
        Interval auc = test(Score.CONFIDENCE, candidates, independents).auc();
        assertEquals(0.5, auc.value(), 1e-12, "what one half's ease adds for f it takes for g");
    }

    /** Below one image of the smaller part a rate says nothing. */
    @Test
    void ratesBelowOneImageAreLeftOut() {
        assertEquals(List.of(0.01, 0.1), rates(100, 100));
        assertEquals(List.of(0.1), rates(100, 99));
        assertEquals(List.of(0.1), rates(99, 1000));
        assertEquals(List.of(), rates(9, 9));
        assertEquals(List.of(0.001, 0.01, 0.1), rates(1000, 1000));
    }

    /** Each area is the share of the members above 29.5, so the mean of both has 1/√2 of the error of one; were both parts drawn alike, as much. */
    @Test
    void membersAndOthersAreResampledApart() {
        Interval auc = test(Score.CONFIDENCE, ladder(0, 60), ladder(60, 60)).auc();
        assertEquals(0.5, auc.value());
        double error = Math.sqrt(0.25 / 60 / 2);
        assertEquals(0.5 - 1.96 * error, auc.low(), 0.02);
        assertEquals(0.5 + 1.96 * error, auc.high(), 0.02);
    }

    private static List<Double> rates(int candidates, int independents) {
        return MembershipTest.of(Score.CONFIDENCE, ladder(0, candidates), ladder(candidates, independents), 1, 5, () -> {})
                .rates().stream().map(MembershipTest.Rate::falsePositives).toList();
    }

    /** Of the n-th image the encoder that saw it is n confident, the other 29.5. */
    private static List<LabelInference> ladder(int from, int count) {
        List<LabelInference> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(Inferences.of(from + i, true, i, true, 29.5));
        }
        return images;
    }

    private static MembershipTest test(Score score, List<LabelInference> candidates, List<LabelInference> independents) {
        return MembershipTest.of(score, candidates, independents, 300, 5, () -> {});
    }

    /** Ease of the image and noise of the encoder are of size 1; seeing the image adds {@code gain}, and without gain the encoders are one. */
    private static List<LabelInference> images(int from, int count, double gain) {
        List<LabelInference> images = new ArrayList<>();
        Random random = new Random(from);
        for (int i = from; i < from + count; i++) {
            double ease = 2 * random.nextGaussian();
            double target = ease + (gain > 0 ? random.nextGaussian() : 0) + gain;
            double reference = ease + (gain > 0 ? random.nextGaussian() : 0);
            images.add(Inferences.of(i, true, target, true, reference));
        }
        return images;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
