package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancedClassesTest {
    /** Classes 0 to 2 with 10, 4 and 7 images. */
    private static final ImageSet IMAGES = images(10, 4, 7);

    @Test
    void everyClassHasAsManyAsTheSmallest() {
        int[] balanced = BalancedClasses.of(IMAGES, IntStream.range(0, 21).toArray(), 3);
        assertEquals(12, balanced.length);
        for (int label = 0; label < 3; label++) {
            int wanted = label;
            assertEquals(4, Arrays.stream(balanced).filter(index -> IMAGES.label(index) == wanted).count());
        }
        assertArrayEquals(Arrays.stream(balanced).sorted().toArray(), balanced);
        assertFalse(Arrays.equals(balanced, BalancedClasses.of(IMAGES, IntStream.range(0, 21).toArray(), 4)));
    }

    @Test
    void aSmallerDrawIsInALargerOne() {
        int[] all = IntStream.range(0, 21).toArray();
        int[] fewer = IntStream.concat(IntStream.range(0, 12), IntStream.range(14, 21)).toArray();
        Set<Integer> large = set(BalancedClasses.of(IMAGES, all, 3));
        Set<Integer> small = set(BalancedClasses.of(IMAGES, fewer, 3));
        assertEquals(6, small.size());
        assertTrue(large.containsAll(small.stream().filter(index -> IMAGES.label(index) != 1).toList()));
    }

    @Test
    void nothingOfNothing() {
        assertEquals(0, BalancedClasses.of(IMAGES, new int[0], 3).length);
    }

    private static Set<Integer> set(int[] indices) {
        return Arrays.stream(indices).boxed().collect(Collectors.toSet());
    }

    private static ImageSet images(int... counts) {
        ImageSetBuilder builder = new ImageSetBuilder(
                "counted", new ImageShape(1, 1, 2), List.of("a", "b", "c"), Arrays.stream(counts).sum());
        int id = 0;
        for (int label = 0; label < counts.length; label++) {
            for (int i = 0; i < counts[label]; i++) {
                builder.add(new byte[] {(byte) id, (byte) label}, label, id++, List.of());
            }
        }
        return builder.build();
    }
}
