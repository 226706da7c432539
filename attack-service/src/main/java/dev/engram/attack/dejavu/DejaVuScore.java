package dev.engram.attack.dejavu;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one crop: accuracies T and R, the déjà vu score T - R, the four-way partition, and accuracy by confidence.
 *
 * <p>All are means of both directions (f attacked on its own images, g on its own), which cancels that one half of the images may be easier.
 * The score can be negative, and is not clipped. It is computed as memorized - misrepresented, to which T - R is equal
 * (Meehan et al., §4.2: images both encoders name rightly cancel).
 *
 * @param top1 by the most voted class
 * @param top5 by the five most voted classes
 * @param macro by the most voted class, as the mean over classes
 * @param directions each direction's partition, in the order given
 */
public record DejaVuScore(
        AccuracyGap top1,
        AccuracyGap top5,
        AccuracyGap macro,
        Interval memorized,
        Interval correlated,
        Interval misrepresented,
        Interval unassociated,
        SwapTest swapTest,
        ConfidenceCurve curve,
        List<FourWayPartition> directions) {

    /**
     * @param candidates images f saw and g did not, attacked with f as target; at least one
     * @param independents images g saw and f did not, attacked with g as target; at least one
     * @param bootstrap over these two directions, in this order
     */
    public static DejaVuScore of(
            List<LabelInference> candidates, List<LabelInference> independents, PairedBootstrap bootstrap) {
        return of(List.of(candidates, independents), bootstrap);
    }

    /**
     * The same of one direction, or of two.
     *
     * @param images of each direction, none empty
     * @param bootstrap over these directions, in this order
     */
    public static DejaVuScore of(List<List<LabelInference>> images, PairedBootstrap bootstrap) {
        List<DirectionTally> tallies = images.stream().map(DirectionTally::of).toList();
        List<FourWayPartition> partitions = tallies.stream().map(DirectionTally::partition).toList();
        return new DejaVuScore(
                top1(tallies, bootstrap),
                AccuracyGap.of(tallies, bootstrap, DirectionTally::targetTop5Share, DirectionTally::referenceTop5Share),
                AccuracyGap.of(tallies, bootstrap, DirectionTally::macroTarget, DirectionTally::macroReference),
                bootstrap.interval(tallies, share(Cell.MEMORIZED)),
                bootstrap.interval(tallies, share(Cell.CORRELATED)),
                bootstrap.interval(tallies, share(Cell.MISREPRESENTED)),
                bootstrap.interval(tallies, share(Cell.UNASSOCIATED)),
                SwapTest.of(partitions),
                ConfidenceCurve.mean(ConfidenceCurve.of(images.getFirst()), ConfidenceCurve.of(images.getLast())),
                partitions);
    }

    private static AccuracyGap top1(List<DirectionTally> tallies, PairedBootstrap bootstrap) {
        double score = PairedBootstrap.mean(tallies, share(Cell.MEMORIZED))
                - PairedBootstrap.mean(tallies, share(Cell.MISREPRESENTED));
        return new AccuracyGap(
                bootstrap.interval(tallies, tally -> tally.partition().target()),
                bootstrap.interval(tallies, tally -> tally.partition().reference()),
                bootstrap.interval(
                        score,
                        tally -> tally.partition().share(Cell.MEMORIZED) - tally.partition().share(Cell.MISREPRESENTED)));
    }

    private static ToDoubleFunction<DirectionTally> share(Cell cell) {
        return tally -> tally.partition().share(cell);
    }
}
