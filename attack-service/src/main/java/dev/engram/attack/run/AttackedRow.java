package dev.engram.attack.run;

import dev.engram.attack.dejavu.Cell;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.encoders.augment.CropRectangle;
import java.util.Comparator;

/**
 * One attacked image with everything known of it.
 *
 * @param crop index into the result's crops
 * @param part what the attacker saw
 * @param flat whether that has one color
 * @param repeated whether another attacked image shows exactly that
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
        long[] targetNeighbors,
        long[] referenceNeighbors) {
    static final int NEIGHBORS = 10;

    /** Crop by crop, cell by cell, the most convincing image first. */
    static Comparator<AttackedRow> mostConvincingFirst() {
        return Comparator.comparingInt(AttackedRow::crop)
                .thenComparing(AttackedRow::inference, LabelInference.mostConvincingFirst())
                .thenComparing(AttackedRow::direction);
    }

    Cell cell() {
        return inference.cell();
    }
}
