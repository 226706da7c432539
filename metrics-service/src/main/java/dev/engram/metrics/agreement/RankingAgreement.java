package dev.engram.metrics.agreement;

import dev.engram.encoders.statistics.KendallTau;
import dev.engram.encoders.statistics.RankCorrelation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How far two scores of the same images agree on which are memorized most (Wang et al. 2024, Tables 3 and 28).
 *
 * <p>The paper does not say over which images its tau is taken, and its (tau, p) imply a different number for every pair of layers. So both are
 * given: over all images, and over the union of the two top sets. The union is chosen by the very rankings that are compared: an image that is low
 * in one is in it only for being high in the other, which pulls tau down, below 0 for independent scores.
 *
 * @param common images in both top sets
 * @param overlap that as a share of the size of a top set
 * @param all tau-b over all images
 * @param union tau-b over the images in one top set or both; no value if that is a single image
 * @param unionSize how many these are
 */
public record RankingAgreement(int common, double overlap, RankCorrelation all, RankCorrelation union, int unionSize) {
    private static final int TOP = 100;
    private static final int SHARE_OF_FEW = 10;

    /**
     * How large top sets are unless a person says: 100, as in the paper; of fewer than twice as many images a tenth, since sets that are most of the images
     * share most of them whatever the scores.
     *
     * @param images that are compared, at least 2
     */
    public static int usualTop(int images) {
        return images < 2 * TOP ? Math.max(1, images / SHARE_OF_FEW) : TOP;
    }

    /**
     * Compares two scores of the same images. O(N log N).
     *
     * @param first scores of N images, at least 2
     * @param firstTop their top set, by {@link #top}
     * @param second other scores of the same images in the same order
     * @param secondTop their top set, as large
     */
    public static RankingAgreement of(double[] first, Set<Integer> firstTop, double[] second, Set<Integer> secondTop) {
        if (firstTop.size() != secondTop.size() || firstTop.isEmpty()) {
            throw new IllegalArgumentException("top sets must be of equal size, were %d and %d".formatted(firstTop.size(), secondTop.size()));
        }
        TreeSet<Integer> either = new TreeSet<>(firstTop);
        either.addAll(secondTop);
        int common = firstTop.size() + secondTop.size() - either.size();
        int[] union = either.stream().mapToInt(Integer::intValue).toArray();
        return new RankingAgreement(
                common,
                (double) common / firstTop.size(),
                KendallTau.of(first, second),
                union.length < 2 ? RankCorrelation.NONE : KendallTau.of(at(first, union), at(second, union)),
                union.length);
    }

    /**
     * Positions of the {@code size} highest scores; of equal ones those with the smallest ids.
     *
     * @param ids of the images, in the order of {@code scores}
     * @param size 1 to the number of images
     */
    public static Set<Integer> top(double[] scores, int[] ids, int size) {
        if (size < 1 || size > scores.length) {
            throw new IllegalArgumentException("size: must be 1 to %d, was %d".formatted(scores.length, size));
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> ids[i]))
                .limit(size)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static double[] at(double[] scores, int[] positions) {
        return Arrays.stream(positions).mapToDouble(i -> scores[i]).toArray();
    }
}
