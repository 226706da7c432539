package dev.engram.encoders.data;

import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leaves out images until every class has as many as the smallest. */
public final class BalancedClasses {
    private BalancedClasses() {}

    /**
     * As many of each class among {@code indices} as its smallest class has there, ascending. Which ones is drawn: image by image, by
     * (seed, image id) alone, so that a larger draw contains a smaller one. Classes without an image have no say.
     */
    public static int[] of(ImageSet images, int[] indices, long seed) {
        StatelessRandom random = StatelessRandom.of(seed, "balanced classes");
        Map<Integer, List<Integer>> classes = new TreeMap<>();
        for (int index : indices) {
            classes.computeIfAbsent(images.label(index), label -> new ArrayList<>()).add(index);
        }
        int smallest = classes.values().stream().mapToInt(List::size).min().orElse(0);
        return classes.values().stream()
                .flatMap(ofClass -> ofClass.stream()
                        .sorted(Comparator.comparingLong((Integer index) -> random.at(0, images.id(index), 0).bits())
                                .thenComparingInt(images::id))
                        .limit(smallest))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
