package dev.engram.attack.dejavu;

import java.util.Comparator;

/**
 * One attacked image: what each encoder's neighbours say of its label.
 *
 * @param image id of the image
 * @param label its true class
 * @param target vote by the encoder that was trained on the image
 * @param reference vote by the encoder that was not
 */
public record LabelInference(int image, int label, NeighborVote target, NeighborVote reference) {

    public boolean targetRight() {
        return target.isTop1(label);
    }

    public boolean referenceRight() {
        return reference.isTop1(label);
    }

    public Cell cell() {
        return Cell.of(targetRight(), referenceRight());
    }

    /**
     * How convincing an example of its cell the image is. Memorized and unassociated: how much surer the target is than the
     * reference. Correlated: the confidence of the less sure of both. Misrepresented: how much surer the reference is.
     */
    public double conviction() {
        return switch (cell()) {
            case MEMORIZED, UNASSOCIATED -> target.confidence() - reference.confidence();
            case CORRELATED -> Math.min(target.confidence(), reference.confidence());
            case MISREPRESENTED -> reference.confidence() - target.confidence();
        };
    }

    /** Cells in their order, the most convincing image of a cell first, of equals the smaller id. */
    public static Comparator<LabelInference> mostConvincingFirst() {
        return Comparator.comparing(LabelInference::cell)
                .thenComparing(Comparator.comparingDouble(LabelInference::conviction).reversed())
                .thenComparingInt(LabelInference::image);
    }
}
