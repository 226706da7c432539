package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedLayoutTest {
    private static final ImageSet IMAGES = images();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Split split = new BoxPartition(6, 6, 2, 0, true).make(IMAGES).split();
        Map<String, byte[]> files = written(split);
        assertEquals(8, files.size());
        assertEquals(split, PublishedLayout.read(files, IMAGES));
        long[] training = NpyFile.parse("train_A.npy", files.get("train_A.npy"));
        assertArrayEquals(Arrays.stream(split.trainingOfF()).mapToLong(IMAGES::id).toArray(), training);
    }

    @Test
    void theValidationSetHasEachClassAsOften() throws IOException {
        Split split = new BoxPartition(6, 6, 0, 0, true).make(IMAGES).split();
        long[] validation = NpyFile.parse("val_set.npy", written(split).get("val_set.npy"));
        int[] counts = new int[2];
        Arrays.stream(validation).forEach(id -> counts[IMAGES.label((int) id - 100)]++);
        assertEquals(counts[0], counts[1]);
        int smallest = (int) Math.min(inPublic(split, 0), inPublic(split, 1));
        assertEquals(smallest, counts[0]);
    }

    @Test
    void everyContradictionIsNamed() throws IOException {
        Split split = new BoxPartition(6, 6, 0, 0, true).make(IMAGES).split();
        Map<String, byte[]> files = written(split);
        files.put("train_B.npy", files.get("train_A.npy"));
        assertTrue(refused(files).contains("train_B.npy: is not the union"));
        files = written(split);
        files.put("public.npy", Files.readAllBytes(NpyFile.write(folder.resolve("p"), new long[] {1, 2, 100})));
        assertTrue(refused(files).contains("public.npy: 2 ids are not in the data set, the first is 1"));
        files = written(split);
        files.put("public.npy", files.get("bbox_A.npy"));
        assertTrue(refused(files).contains("candidate and public"));
    }

    private static String refused(Map<String, byte[]> files) {
        return assertThrows(InvalidSplitException.class, () -> PublishedLayout.read(files, IMAGES)).getMessage();
    }

    private static long inPublic(Split split, int label) {
        return Arrays.stream(split.indices(Part.PUBLIC)).filter(index -> IMAGES.label(index) == label).count();
    }

    private Map<String, byte[]> written(Split split) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (Map.Entry<String, Path> file : PublishedLayout.write(split, IMAGES, folder).entrySet()) {
            files.put(file.getKey(), Files.readAllBytes(file.getValue()));
        }
        return files;
    }

    /** Ids are positions plus 100; every second image has a box, 25 images of one class and 35 of the other. */
    private static ImageSet images() {
        ImageSetBuilder builder = new ImageSetBuilder("lists", new ImageShape(1, 1, 2), List.of("a", "b"), 60);
        for (int i = 0; i < 60; i++) {
            builder.add(new byte[] {(byte) i, 0}, i < 25 ? 0 : 1, 100 + i, i % 2 == 0 ? List.of(new Box(0, 0, 1, 1)) : List.of());
        }
        return builder.build();
    }
}
