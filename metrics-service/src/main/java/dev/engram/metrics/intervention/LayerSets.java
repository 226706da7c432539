package dev.engram.metrics.intervention;

import java.util.ArrayList;
import java.util.List;

/** All sets of a few of several things, as ascending positions. */
final class LayerSets {
    private LayerSets() {}

    /** The empty set, then all of one, of two … of {@code largest}; those of a size in lexical order. */
    static List<List<Integer>> upTo(int largest, int things) {
        List<List<Integer>> sets = new ArrayList<>(List.of(List.of()));
        int from = 0;
        for (int size = 1; size <= Math.min(largest, things); size++) {
            int to = sets.size();
            for (int i = from; i < to; i++) {
                List<Integer> smaller = sets.get(i);
                for (int next = smaller.isEmpty() ? 0 : smaller.getLast() + 1; next < things; next++) {
                    List<Integer> set = new ArrayList<>(smaller);
                    set.add(next);
                    sets.add(List.copyOf(set));
                }
            }
            from = to;
        }
        return List.copyOf(sets);
    }

    /** How many {@link #upTo} gives. */
    static long count(int largest, int things) {
        long count = 1;
        long ofSize = 1;
        for (int size = 1; size <= Math.min(largest, things); size++) {
            ofSize = ofSize * (things - size + 1) / size;
            count += ofSize;
        }
        return count;
    }
}
