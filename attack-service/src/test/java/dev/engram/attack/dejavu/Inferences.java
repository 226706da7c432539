package dev.engram.attack.dejavu;

import java.util.ArrayList;
import java.util.List;

/** Attacked images with chosen outcomes; their true label is 1. */
final class Inferences {
    private Inferences() {}

    static LabelInference of(int image, boolean targetRight, double target, boolean referenceRight, double reference) {
        return new LabelInference(image, 1, vote(targetRight, target), vote(referenceRight, reference));
    }

    static NeighborVote vote(boolean right, double confidence) {
        return new NeighborVote(List.of(right ? 1 : 0), confidence);
    }

    /** So many images of each cell, all with confidence 0. */
    static List<LabelInference> cells(int memorized, int correlated, int misrepresented, int unassociated) {
        List<LabelInference> images = new ArrayList<>();
        int[] counts = {memorized, correlated, misrepresented, unassociated};
        for (Cell cell : Cell.values()) {
            for (int i = 0; i < counts[cell.ordinal()]; i++) {
                boolean target = cell == Cell.MEMORIZED || cell == Cell.CORRELATED;
                boolean reference = cell == Cell.MISREPRESENTED || cell == Cell.CORRELATED;
                images.add(of(images.size(), target, 0, reference, 0));
            }
        }
        return images;
    }
}
