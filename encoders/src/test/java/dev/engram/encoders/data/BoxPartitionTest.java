package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxPartitionTest {
    /** The worked class: 1,300 images, 500 with boxes; beside it one that has few of both. */
    private static final ImageSet IMAGES = images(new int[] {500, 9}, new int[] {800, 30});

    @ParameterizedTest
    @CsvSource({"100, 100, 0, 1100", "300, 250, 50, 750", "500, 250, 250, 550"})
    void aClassIsDividedAsInTheWorkedExample(int perClass, int attacked, int shared, int publicSet) {
        Split split = split(perClass, perClass);
        assertEquals(attacked, count(split, Part.CANDIDATE, 0));
        assertEquals(attacked, count(split, Part.INDEPENDENT, 0));
        assertEquals(shared, count(split, Part.SHARED, 0));
        assertEquals(publicSet, count(split, Part.PUBLIC, 0));
        assertEquals(0, split.size(Part.EXTERNAL));
        assertEquals(4, count(split, Part.CANDIDATE, 1));
        assertEquals(Math.min(30, perClass - 4), count(split, Part.SHARED, 1));
        assertEquals(39 - 8 - Math.min(30, perClass - 4), count(split, Part.PUBLIC, 1));
    }

    @Test
    void onlyImagesWithBoxesAreAttackedAndOnlyOthersShared() {
        Split split = split(300, 300);
        assertTrue(Arrays.stream(split.indices(Part.CANDIDATE)).noneMatch(index -> IMAGES.boxes(index).isEmpty()));
        assertTrue(Arrays.stream(split.indices(Part.INDEPENDENT)).noneMatch(index -> IMAGES.boxes(index).isEmpty()));
        assertTrue(Arrays.stream(split.indices(Part.SHARED)).allMatch(index -> IMAGES.boxes(index).isEmpty()));
    }

    @Test
    void publicSetsAreNestedAndTrainingSetsGrow() {
        Split before = split(100, 100);
        for (int perClass : new int[] {200, 300, 400, 500}) {
            Split next = split(perClass, perClass);
            assertTrue(set(before.indices(Part.PUBLIC)).containsAll(set(next.indices(Part.PUBLIC))), "X of " + perClass);
            assertTrue(set(next.trainingOfF()).containsAll(set(before.trainingOfF())), "A of " + perClass);
            before = next;
        }
    }

    @Test
    void thePublicSetOfTheLargestServesAll() {
        int[] largest = split(500, 500).indices(Part.PUBLIC);
        for (int perClass : new int[] {100, 300}) {
            Split split = split(perClass, 500);
            assertArrayEquals(largest, split.indices(Part.PUBLIC));
            assertArrayEquals(split(perClass, perClass).trainingOfG(), split.trainingOfG());
            Set<Integer> ofLarger = set(split(500, 500).trainingOfF());
            ofLarger.addAll(set(split(500, 500).trainingOfG()));
            ofLarger.removeAll(set(split.trainingOfF()));
            ofLarger.removeAll(set(split.trainingOfG()));
            SplitMaker.Drawn drawn = new BoxPartition(perClass, 500, 0, 7, false).make(IMAGES);
            assertEquals(ofLarger, set(drawn.series()), "training images of the larger alone");
            assertEquals(0, drawn.spares().length);
        }
    }

    @Test
    void externalPointsAreBalanced() {
        Split split = new BoxPartition(5, 5, 20, 1, false).make(IMAGES).split();
        assertEquals(20, count(split, Part.EXTERNAL, 0));
        assertEquals(20, count(split, Part.EXTERNAL, 1));
        InvalidSplitException few = assertThrows(
                InvalidSplitException.class, () -> new BoxPartition(30, 30, 20, 1, false).make(IMAGES));
        assertTrue(few.getMessage().contains("class 1 (few)"), few.getMessage());
    }

    @Test
    void theSeedDecidesUnlessTheOrderIsTheDataSets() {
        assertEquals(split(100, 100), split(100, 100));
        assertFalse(split(100, 100).equals(new BoxPartition(100, 100, 0, 8, false).make(IMAGES).split()));
        Split inOrder = new BoxPartition(100, 100, 0, 7, true).make(IMAGES).split();
        int[] boxed = IntStream.range(0, IMAGES.size())
                .filter(index -> IMAGES.label(index) == 0 && !IMAGES.boxes(index).isEmpty())
                .limit(100)
                .toArray();
        assertTrue(set(inOrder.indices(Part.CANDIDATE)).containsAll(set(boxed)));
    }

    @Test
    void needsBoxes() {
        ImageSet bare = images(new int[] {1, 0}, new int[] {50, 50});
        InvalidSplitException failure =
                assertThrows(InvalidSplitException.class, () -> new BoxPartition(10, 10, 0, 1, false).make(bare));
        assertTrue(failure.getMessage().contains("two images with boxes"), failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new BoxPartition(0, 0, 0, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new BoxPartition(10, 9, 0, 1, false));
    }

    private static Split split(int perClass, int publicPerClass) {
        return new BoxPartition(perClass, publicPerClass, 0, 7, false).make(IMAGES).split();
    }

    private static long count(Split split, Part part, int label) {
        return Arrays.stream(split.indices(part)).filter(index -> IMAGES.label(index) == label).count();
    }

    private static Set<Integer> set(int[] indices) {
        return Arrays.stream(indices).boxed().collect(Collectors.toCollection(HashSet::new));
    }

    private static ImageSet images(int[] boxed, int[] bare) {
        int count = Arrays.stream(boxed).sum() + Arrays.stream(bare).sum();
        ImageSetBuilder builder = new ImageSetBuilder("boxed", new ImageShape(1, 2, 2), List.of("many", "few"), count);
        int id = 0;
        for (int label = 0; label < 2; label++) {
            for (int i = 0; i < boxed[label] + bare[label]; i++) {
                byte[] pixels = {(byte) id, (byte) (id >> 8), (byte) label, 0};
                builder.add(pixels, label, id++, i % 2 == 0 && i / 2 < boxed[label]
                        ? List.of(new Box(0, 0, 1, 1))
                        : List.of());
            }
        }
        return builder.build();
    }
}
