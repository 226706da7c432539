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
 * @param directions each direction's partition, in the order given
 */
public record DejaVuScore(
        Interval target,
        Interval reference,
        Interval score,
        Interval memorized,
        Interval correlated,
        Interval misrepresented,
        Interval unassociated,
        ConfidenceCurve curve,
        List<FourWayPartition> directions) {

    /**
     * @param candidates images f saw and g did not, attacked with f as target; at least one
     * @param independents images g saw and f did not, attacked with g as target; at least one
     * @param bootstrap over these two directions, in this order
     */
    public static DejaVuScore of(
            List<LabelInference> candidates, List<LabelInference> independents, PairedBootstrap bootstrap) {
        List<FourWayPartition> directions =
                List.of(FourWayPartition.of(candidates), FourWayPartition.of(independents));
        return new DejaVuScore(
                interval(directions, bootstrap, FourWayPartition::target),
                interval(directions, bootstrap, FourWayPartition::reference),
                bootstrap.interval(
                        mean(directions, share(Cell.MEMORIZED)) - mean(directions, share(Cell.MISREPRESENTED)),
                        partition -> partition.share(Cell.MEMORIZED) - partition.share(Cell.MISREPRESENTED)),
                interval(directions, bootstrap, share(Cell.MEMORIZED)),
                interval(directions, bootstrap, share(Cell.CORRELATED)),
                interval(directions, bootstrap, share(Cell.MISREPRESENTED)),
                interval(directions, bootstrap, share(Cell.UNASSOCIATED)),
                ConfidenceCurve.mean(ConfidenceCurve.of(candidates), ConfidenceCurve.of(independents)),
                directions);
    }

    static double mean(List<FourWayPartition> directions, ToDoubleFunction<FourWayPartition> figure) {
        return directions.stream().mapToDouble(figure).sum() / directions.size();
    }

    private static ToDoubleFunction<FourWayPartition> share(Cell cell) {
        return partition -> partition.share(cell);
    }

    private static Interval interval(
            List<FourWayPartition> directions, PairedBootstrap bootstrap, ToDoubleFunction<FourWayPartition> figure) {
        return bootstrap.interval(mean(directions, figure), figure);
    }
}
