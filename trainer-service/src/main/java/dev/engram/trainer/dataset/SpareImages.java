package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Images that no part of a split needs, to stand in for others of their class: each is handed out once, in the order they were drawn. */
final class SpareImages {
    private final Map<Integer, Deque<Integer>> byLabel = new TreeMap<>();

    /** @param indices in the order in which they are handed out */
    SpareImages(ImageSet images, int[] indices) {
        for (int index : indices) {
            byLabel.computeIfAbsent(images.label(index), label -> new ArrayDeque<>()).add(index);
        }
    }

    /**
     * The next images of each class.
     *
     * @param wanted how many, by label
     * @return as many of each class as wanted, or as there still are
     */
    int[] take(Map<Integer, Integer> wanted) {
        List<Integer> taken = new ArrayList<>();
        new TreeMap<>(wanted).forEach((label, count) -> {
            Deque<Integer> left = byLabel.getOrDefault(label, new ArrayDeque<>());
            for (int i = 0; i < count && !left.isEmpty(); i++) {
                taken.add(left.remove());
            }
        });
        return taken.stream().mapToInt(Integer::intValue).toArray();
    }
}
