package dev.engram.encoders.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups of images with equal pixels. Found by digest, then compared byte for byte. Cost: one pass over the digests.
 *
 * @param groups each group ascending with at least two indices; groups ascending by their first index
 */
public record Duplicates(List<Group> groups) {
    public Duplicates {
        groups = List.copyOf(groups);
    }

    /**
     * Images with equal pixels.
     *
     * @param indices ascending
     * @param labelsDiffer whether equal pixels carry different labels
     */
    public record Group(List<Integer> indices, boolean labelsDiffer) {
        public Group {
            indices = List.copyOf(indices);
        }
    }

    public static Duplicates of(ImageSet set) {
        Map<String, List<Integer>> byDigest = new LinkedHashMap<>();
        for (int i = 0; i < set.size(); i++) {
            byDigest.computeIfAbsent(set.imageDigest(i), digest -> new ArrayList<>()).add(i);
        }
        List<Group> groups = byDigest.values().stream()
                .filter(indices -> indices.size() > 1)
                .peek(indices -> compare(set, indices))
                .map(indices -> new Group(
                        indices, indices.stream().map(set::label).distinct().count() > 1))
                .toList();
        return new Duplicates(groups);
    }

    /** For every image of a set of {@code images}, the smallest index with equal pixels (itself if it is unique). */
    int[] representatives(int images) {
        int[] first = new int[images];
        Arrays.setAll(first, i -> i);
        groups.forEach(group -> group.indices().forEach(i -> first[i] = group.indices().getFirst()));
        return first;
    }

    private static void compare(ImageSet set, List<Integer> indices) {
        for (int i : indices) {
            if (!set.image(i).equals(set.image(indices.getFirst()))) {
                throw new IllegalStateException("images " + indices + " share a SHA-256 but not their pixels");
            }
        }
    }
}
