package dev.engram.attack.dejavu;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Accuracy on the images an attacker is surest of, by how many it keeps: at share p, the n = ⌊p·N⌋ most confident of N.
 *
 * <p>Each encoder ranks by its own confidence, so at p &lt; 1 target and reference are scored on different images; {@code
 * referenceCommon} scores the reference on the target's. Many images have equal confidence (all k neighbours agree): among them the
 * smaller id comes first, so that a cut through them is always the same. p counts as the decimal it is written as: 0.29 of 100 images
 * are 29, though the product in binary is below.
 *
 * @param points by ascending share; a share that keeps no image is absent
 */
public record ConfidenceCurve(List<Point> points) {
    private static final int PERCENTS = 100;

    /**
     * At {@code share} in (0, 1].
     *
     * @param top1 by the most voted class
     * @param top5 by the five most voted
     */
    public record Point(double share, Accuracies top1, Accuracies top5) {}

    /** Each in [0, 1]. */
    public record Accuracies(double target, double reference, double referenceCommon) {
        private static Accuracies mean(Accuracies a, Accuracies b) {
            return new Accuracies(
                    (a.target + b.target) / 2,
                    (a.reference + b.reference) / 2,
                    (a.referenceCommon + b.referenceCommon) / 2);
        }
    }

    public ConfidenceCurve {
        points = List.copyOf(points);
    }

    /** Every percent from 1 % to 100 %. */
    public static ConfidenceCurve of(List<LabelInference> images) {
        return of(images, IntStream.rangeClosed(1, PERCENTS).mapToDouble(i -> i / (double) PERCENTS).toArray());
    }

    /** @param shares ascending, each in (0, 1] */
    public static ConfidenceCurve of(List<LabelInference> images, double[] shares) {
        List<LabelInference> byTarget = ranked(images, LabelInference::target);
        List<LabelInference> byReference = ranked(images, LabelInference::reference);
        RightAmongFirst top1 = RightAmongFirst.of(
                byTarget, byReference, LabelInference::targetRight, LabelInference::referenceRight);
        RightAmongFirst top5 = RightAmongFirst.of(
                byTarget,
                byReference,
                image -> image.target().isTop5(image.label()),
                image -> image.reference().isTop5(image.label()));
        List<Point> points = new ArrayList<>();
        for (double share : shares) {
            int kept = kept(share, images.size());
            if (kept > 0) {
                points.add(new Point(share, top1.accuracies(kept), top5.accuracies(kept)));
            }
        }
        return new ConfidenceCurve(points);
    }

    /** The mean of two directions, at the shares both have. */
    public static ConfidenceCurve mean(ConfidenceCurve one, ConfidenceCurve other) {
        List<Point> points = new ArrayList<>();
        for (Point a : one.points) {
            for (Point b : other.points) {
                if (a.share == b.share) {
                    points.add(new Point(a.share, Accuracies.mean(a.top1, b.top1), Accuracies.mean(a.top5, b.top5)));
                }
            }
        }
        return new ConfidenceCurve(points);
    }

    /** ⌊share·images⌋, exactly. */
    static int kept(double share, int images) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1], is " + share);
        }
        return BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(images))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
    }

    private static List<LabelInference> ranked(List<LabelInference> images, Function<LabelInference, NeighborVote> vote) {
        return images.stream()
                .sorted(Comparator.comparingDouble((LabelInference image) -> -vote.apply(image).confidence())
                        .thenComparingInt(LabelInference::image))
                .toList();
    }

    /** Element n of each: how many of the first n are right. */
    private record RightAmongFirst(int[] target, int[] reference, int[] referenceCommon) {
        static RightAmongFirst of(
                List<LabelInference> byTarget,
                List<LabelInference> byReference,
                Predicate<LabelInference> targetRight,
                Predicate<LabelInference> referenceRight) {
            return new RightAmongFirst(
                    counts(byTarget, targetRight), counts(byReference, referenceRight), counts(byTarget, referenceRight));
        }

        Accuracies accuracies(int kept) {
            double n = kept;
            return new Accuracies(target[kept] / n, reference[kept] / n, referenceCommon[kept] / n);
        }

        private static int[] counts(List<LabelInference> ranked, Predicate<LabelInference> right) {
            int[] counts = new int[ranked.size() + 1];
            for (int i = 0; i < ranked.size(); i++) {
                counts[i + 1] = counts[i] + (right.test(ranked.get(i)) ? 1 : 0);
            }
            return counts;
        }
    }
}
