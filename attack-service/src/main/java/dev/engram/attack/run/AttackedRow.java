package dev.engram.attack.run;

import dev.engram.attack.dejavu.Cell;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.encoders.augment.CropRectangle;
import java.util.Comparator;

/**
 * One attacked image with everything known of it.
 *
 * @param crop index into the result's crops
 * @param part what the attacker saw
 * @param flat whether that has one color
 * @param repeated whether another attacked image shows exactly that
 * @param repeatCount how often an epoch of training visits the image
 * @param targetNeighbors ids of the nearest public images under the target, nearest first, at most {@value #NEIGHBORS}
 * @param referenceNeighbors as many under the reference
 */
record AttackedRow(
        int crop,
        Direction direction,
        LabelInference inference,
        CropRectangle part,
        boolean flat,
        boolean repeated,
        int repeatCount,
        long[] targetNeighbors,
        long[] referenceNeighbors) {
    static final int NEIGHBORS = 10;

    /** Crop by crop, cell by cell, the most convincing image first. */
    static Comparator<AttackedRow> mostConvincingFirst() {
        return Comparator.comparingInt(AttackedRow::crop)
                .thenComparing(AttackedRow::inference, LabelInference.mostConvincingFirst())
                .thenComparing(AttackedRow::direction);
    }

    /** The same image with another reference. */
    AttackedRow against(NeighborVote reference, long[] neighbors) {
        LabelInference other =
                new LabelInference(inference.image(), inference.label(), inference.target(), reference);
        return new AttackedRow(crop, direction, other, part, flat, repeated, repeatCount, targetNeighbors, neighbors);
    }

    /** The same among those of another crop of the result. */
    AttackedRow under(int otherCrop) {
        return new AttackedRow(
                otherCrop, direction, inference, part, flat, repeated, repeatCount, targetNeighbors, referenceNeighbors);
    }

    Cell cell() {
        return inference.cell();
    }
}
