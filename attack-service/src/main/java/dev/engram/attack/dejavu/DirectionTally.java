package dev.engram.attack.dejavu;

import java.util.Arrays;
import java.util.List;

/**
 * What one direction's verdicts add up to.
 *
 * @param partition by the most voted class
 * @param targetTop5 images whose label is among the five classes the target votes for most
 * @param referenceTop5 as many for the reference
 * @param macroTarget accuracy of the target as the mean over classes, whatever their sizes; classes without an image do not count
 * @param macroReference the same of the reference
 */
record DirectionTally(
        FourWayPartition partition, int targetTop5, int referenceTop5, double macroTarget, double macroReference) {

    static DirectionTally of(List<LabelInference> images) {
        Counter counter = new Counter(images);
        for (int i = 0; i < images.size(); i++) {
            counter.count(i);
        }
        return counter.tally();
    }

    double targetTop5Share() {
        return (double) targetTop5 / partition.images();
    }

    double referenceTop5Share() {
        return (double) referenceTop5 / partition.images();
    }

    /** Counts images of a list by position; {@link #tally} begins anew. */
    static final class Counter {
        private static final int CELLS = Cell.values().length;

        private final int[] slots;
        private final boolean[] targetTop5;
        private final boolean[] referenceTop5;
        private final int[] counts;
        private int targets;
        private int references;

        Counter(List<LabelInference> images) {
            slots = new int[images.size()];
            targetTop5 = new boolean[slots.length];
            referenceTop5 = new boolean[slots.length];
            int classes = 0;
            for (int i = 0; i < slots.length; i++) {
                LabelInference image = images.get(i);
                slots[i] = image.label() * CELLS + image.cell().ordinal();
                targetTop5[i] = image.target().isTop5(image.label());
                referenceTop5[i] = image.reference().isTop5(image.label());
                classes = Math.max(classes, image.label() + 1);
            }
            counts = new int[classes * CELLS];
        }

        int images() {
            return slots.length;
        }

        void count(int image) {
            counts[slots[image]]++;
            targets += targetTop5[image] ? 1 : 0;
            references += referenceTop5[image] ? 1 : 0;
        }

        DirectionTally tally() {
            int[] cells = new int[CELLS];
            double target = 0;
            double reference = 0;
            int classes = 0;
            for (int from = 0; from < counts.length; from += CELLS) {
                int images = 0;
                for (int cell = 0; cell < CELLS; cell++) {
                    images += counts[from + cell];
                    cells[cell] += counts[from + cell];
                }
                if (images > 0) {
                    int both = counts[from + Cell.CORRELATED.ordinal()];
                    target += (double) (both + counts[from + Cell.MEMORIZED.ordinal()]) / images;
                    reference += (double) (both + counts[from + Cell.MISREPRESENTED.ordinal()]) / images;
                    classes++;
                }
            }
            DirectionTally tally = new DirectionTally(
                    FourWayPartition.ofCounts(cells), targets, references, target / classes, reference / classes);
            Arrays.fill(counts, 0);
            targets = 0;
            references = 0;
            return tally;
        }
    }
}
