package dev.engram.attack.dejavu;

import java.util.List;

/** How many attacked images of one direction fall in each {@link Cell}; at least one image. */
public record FourWayPartition(int memorized, int correlated, int misrepresented, int unassociated) {

    public FourWayPartition {
        if (memorized < 0 || correlated < 0 || misrepresented < 0 || unassociated < 0) {
            throw new IllegalArgumentException("counts must not be negative");
        }
        if (memorized + correlated + misrepresented + unassociated == 0) {
            throw new IllegalArgumentException("a partition needs at least one image");
        }
    }

    public static FourWayPartition of(List<LabelInference> images) {
        int[] counts = new int[Cell.values().length];
        images.forEach(image -> counts[image.cell().ordinal()]++);
        return ofCounts(counts);
    }

    /** @param counts by ordinal of {@link Cell} */
    static FourWayPartition ofCounts(int[] counts) {
        return new FourWayPartition(counts[0], counts[1], counts[2], counts[3]);
    }

    public int images() {
        return memorized + correlated + misrepresented + unassociated;
    }

    public int count(Cell cell) {
        return switch (cell) {
            case MEMORIZED -> memorized;
            case CORRELATED -> correlated;
            case MISREPRESENTED -> misrepresented;
            case UNASSOCIATED -> unassociated;
        };
    }

    public double share(Cell cell) {
        return (double) count(cell) / images();
    }

    /** Accuracy of the encoder that saw the images. */
    public double target() {
        return (double) (memorized + correlated) / images();
    }

    /** Accuracy of the encoder that did not. */
    public double reference() {
        return (double) (misrepresented + correlated) / images();
    }
}
