package dev.engram.attack.dejavu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What leaks of one class: its attacked images of both directions taken together.
 *
 * @param partition where they fall
 * @param p McNemar's exact test, two-sided: chance of memorized and misrepresented images so unequal in number if seeing an image made no
 *     difference (Q. McNemar, 1947)
 * @param q the same, adjusted for testing every class ({@link FalseDiscovery})
 */
public record ClassGap(int label, FourWayPartition partition, double p, double q) {

    /**
     * All classes that have an attacked image, by label.
     *
     * @param directions the attacked images of each
     * @param classes labels are 0 to classes - 1
     */
    public static List<ClassGap> of(List<List<LabelInference>> directions, int classes) {
        int[][] counts = new int[classes][Cell.values().length];
        directions.forEach(images -> images.forEach(image -> counts[image.label()][image.cell().ordinal()]++));
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            if (Arrays.stream(counts[label]).sum() > 0) {
                labels.add(label);
            }
        }
        List<FourWayPartition> partitions =
                labels.stream().map(label -> FourWayPartition.ofCounts(counts[label])).toList();
        double[] p = partitions.stream().mapToDouble(partition -> SwapTest.of(List.of(partition)).twoSided()).toArray();
        double[] q = FalseDiscovery.adjusted(p);
        List<ClassGap> gaps = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            gaps.add(new ClassGap(labels.get(i), partitions.get(i), p[i], q[i]));
        }
        return gaps;
    }

    /** Accuracy of the target minus that of the reference. */
    public double gap() {
        return (double) (partition.memorized() - partition.misrepresented()) / partition.images();
    }
}
