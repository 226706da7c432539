package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {
    private final ImageSet set = TestImages.random(7);

    @Test
    void gatherCopiesImagesInTheOrderAsked() {
        ByteBuffer gathered = set.gather(new int[] {5, 0, 5});
        assertTrue(gathered.isDirect());
        assertEquals(3 * TestImages.TINY.bytes(), gathered.remaining());
        assertEquals(set.image(5), gathered.slice(0, 6));
        assertEquals(set.image(0), gathered.slice(6, 6));
        assertEquals(set.image(5), gathered.slice(12, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> set.gather(new int[] {7}));
    }

    @Test
    void selectionKeepsIdsLabelsBoxesAndPixels() {
        ImageSet selected = set.select(new int[] {6, 1});
        assertArrayEquals(new int[] {106, 101}, selected.ids(new int[] {0, 1}));
        assertArrayEquals(new int[] {0, 1}, selected.labels());
        assertEquals(List.of(new Box(1, 0, 3, 2)), selected.boxes(0));
        assertEquals(set.image(6), selected.image(0));
        assertEquals(set.imageDigest(1), selected.imageDigest(1));
    }

    @Test
    void theDigestCoversPixelsLabelsIdsBoxesAndClassesButNotTheName() {
        String digest = digest("n", 0, 9, 3, List.of(), "a");
        assertEquals(digest, digest("other", 0, 9, 3, List.of(), "a"));
        assertNotEquals(digest, digest("n", 1, 9, 3, List.of(), "a"));
        assertNotEquals(digest, digest("n", 0, 8, 3, List.of(), "a"));
        assertNotEquals(digest, digest("n", 0, 9, 4, List.of(), "a"));
        assertNotEquals(digest, digest("n", 0, 9, 3, List.of(new Box(0, 0, 1, 1)), "a"));
        assertNotEquals(digest, digest("n", 0, 9, 3, List.of(), "z"));
    }

    @Test
    void pixelsCannotBeWritten() {
        assertTrue(set.image(0).isReadOnly());
    }

    @Test
    void theBuilderNamesWhatIsWrong() {
        ImageSetBuilder builder = new ImageSetBuilder("n", TestImages.TINY, List.of("a", "b"), 1);
        assertMessage("5 bytes", () -> builder.add(new byte[5], 0));
        assertMessage("label 2", () -> builder.add(new byte[6], 2));
        assertMessage("id -1", () -> builder.add(new byte[6], 0, -1, List.of()));
        assertMessage("leaves the image", () -> builder.add(new byte[6], 0, 0, List.of(new Box(0, 0, 4, 1))));
        assertMessage("only once", () -> new ImageSetBuilder("n", TestImages.TINY, List.of("a", "a"), 1));
        builder.add(new byte[6], 0);
        assertThrows(IllegalStateException.class, () -> builder.add(new byte[6], 0));
    }

    private static String digest(String name, int label, int pixel, int id, List<Box> boxes, String className) {
        byte[] image = new byte[TestImages.TINY.bytes()];
        image[4] = (byte) pixel;
        return new ImageSetBuilder(name, TestImages.TINY, List.of(className, "b"), 1)
                .add(image, label, id, boxes)
                .build()
                .digest();
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
