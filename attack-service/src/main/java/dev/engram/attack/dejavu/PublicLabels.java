package dev.engram.attack.dejavu;

import java.util.Arrays;
import java.util.List;

/** The classes of the public set: what limits k, and what an attacker reaches who looks at no picture. */
public final class PublicLabels {
    private static final int DEFAULT_K_AT_MOST = 100;
    private static final int DEFAULT_K_DIVISOR = 4;

    private final List<String> classNames;
    private final int[] counts;
    private final int size;

    /** @param labels of the public images, each 0 to the number of class names - 1 */
    public PublicLabels(int[] labels, List<String> classNames) {
        this.classNames = List.copyOf(classNames);
        this.counts = new int[classNames.size()];
        this.size = labels.length;
        for (int label : labels) {
            counts[label]++;
        }
    }

    /** 1 / classes: a uniform guess. */
    public double chance() {
        return 1.0 / counts.length;
    }

    /** Share of the largest class: the best constant guess. */
    public double majority() {
        return (double) Arrays.stream(counts).max().orElseThrow() / size;
    }

    /**
     * The number of neighbours that vote.
     *
     * <p>More than the smallest class has images could never agree on that class, which would bend both votes and entropies; half as
     * many already strain it, so the default is a quarter, at most 100 (the paper's).
     *
     * @param requested 1 to the smallest class's size, or 0 for the default
     * @throws IllegalArgumentException naming the limit
     */
    public int neighbors(int requested) {
        if (size == 0) {
            throw new IllegalArgumentException("the split's public set is empty: there is nothing to look neighbours up in");
        }
        int smallest = smallestClass();
        if (counts[smallest] == 0) {
            throw new IllegalArgumentException("the split's public set has no image of class %d (%s): its label cannot be inferred"
                    .formatted(smallest, classNames.get(smallest)));
        }
        if (requested == 0) {
            return Math.clamp(counts[smallest] / DEFAULT_K_DIVISOR, 1, DEFAULT_K_AT_MOST);
        }
        if (requested < 1 || requested > counts[smallest]) {
            throw new IllegalArgumentException("k must be 1 to %d, the public images of the smallest class %d (%s), is %d"
                    .formatted(counts[smallest], smallest, classNames.get(smallest), requested));
        }
        return requested;
    }

    private int smallestClass() {
        int smallest = 0;
        for (int label = 1; label < counts.length; label++) {
            if (counts[label] < counts[smallest]) {
                smallest = label;
            }
        }
        return smallest;
    }
}
