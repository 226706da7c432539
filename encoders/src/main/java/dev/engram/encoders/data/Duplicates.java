package dev.engram.encoders.data;

import dev.engram.encoders.file.Sha256;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups of images with equal pixels. Found by digest, then compared byte for byte. Cost: one pass over the digests.
 *
 * @param groups each group ascending with at least two indices; groups ascending by their first index
 */
public record Duplicates(List<Group> groups) {
    private static final ValueLayout.OfLong KEY = ValueLayout.JAVA_LONG_UNALIGNED;

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

    /** Cost: one pass over the digests, 12 bytes of heap an image. */
    public static Duplicates of(ImageSet set) {
        long[] keys = new long[set.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = set.rawImageDigests().get(KEY, (long) i * Sha256.BYTES);
        }
        Map<Integer, List<Integer>> byFirst = new TreeMap<>();
        int[] slots = new int[Integer.highestOneBit(Math.max(1, keys.length)) * 4];
        Arrays.fill(slots, -1);
        for (int i = 0; i < keys.length; i++) {
            int first = find(set, keys, slots, i);
            if (first != i) {
                byFirst.computeIfAbsent(first, index -> new ArrayList<>(List.of(index))).add(i);
            }
        }
        return new Duplicates(byFirst.values().stream()
                .peek(indices -> compare(set, indices))
                .map(indices -> new Group(indices, indices.stream().map(set::label).distinct().count() > 1))
                .toList());
    }

    /** The first image with the digest of image i; i itself, which is then remembered, if there is none before it. */
    private static int find(ImageSet set, long[] keys, int[] slots, int i) {
        int slot = (int) keys[i] & slots.length - 1;
        while (slots[slot] >= 0) {
            int other = slots[slot];
            if (keys[other] == keys[i] && Arrays.equals(set.rawImageDigest(other), set.rawImageDigest(i))) {
                return other;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = i;
        return i;
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
