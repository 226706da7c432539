package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxImagesTest {
    private static final byte[] IMAGES = idx(new int[] {2, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    private static final byte[] LABELS = idx(new int[] {2}, 1, 0);
    private static final List<String> CLASSES = List.of("zero", "one");

    @TempDir
    Path folder;

    @Test
    void readsPlainAndGzippedFilesAlike() throws IOException {
        ImageSet plain = read(IMAGES, LABELS);
        assertEquals(new ImageShape(1, 2, 3), plain.shape());
        assertEquals(1, plain.label(0));
        assertEquals(ByteBuffer.wrap(new byte[] {7, 8, 9, 10, 11, 12}), plain.image(1));
        assertEquals(plain.digest(), read(gzip(IMAGES), gzip(LABELS)).digest());
    }

    @Test
    void everyTruncationNamesFileAndByte() {
        for (int length = 0; length < IMAGES.length; length++) {
            byte[] cut = Arrays.copyOf(IMAGES, length);
            CorruptFileException error = assertThrows(CorruptFileException.class, () -> read(cut, LABELS));
            assertEquals("images", error.file());
            assertEquals(length, error.offset());
            assertTrue(error.getMessage().startsWith("images: byte " + length + ": cut short"), error.getMessage());
        }
    }

    @Test
    void everyTruncationOfAGzippedFileIsRefused() throws IOException {
        byte[] gzipped = gzip(IMAGES);
        for (int length = 0; length < gzipped.length; length++) {
            byte[] cut = Arrays.copyOf(gzipped, length);
            CorruptFileException error = assertThrows(CorruptFileException.class, () -> read(cut, LABELS), "length " + length);
            assertEquals("images", error.file());
        }
    }

    @Test
    void damagedGzipIsRefused() throws IOException {
        byte[] gzipped = gzip(IMAGES);
        gzipped[gzipped.length - 6] ^= 1;
        assertThrows(CorruptFileException.class, () -> read(gzipped, LABELS));
    }

    @Test
    void whatIsNotIdxIsRefusedAtTheByteThatSaysSo() {
        assertCorrupt(0, "not an IDX file", changed(IMAGES, 0, 1), LABELS);
        assertCorrupt(2, "0x0d", changed(IMAGES, 2, 0x0d), LABELS);
        assertCorrupt(3, "dimension", changed(IMAGES, 3, 0), LABELS);
        assertCorrupt(4, "negative", changed(IMAGES, 4, 0x80), LABELS);
        assertCorrupt(IMAGES.length, "more bytes", Arrays.copyOf(IMAGES, IMAGES.length + 1), LABELS);
        assertCorrupt(3, "[N, H, W]", LABELS, LABELS);
        assertCorrupt(3, "to match images", IMAGES, idx(new int[] {3}, 0, 1, 0));
        assertCorrupt(9, "label 2", IMAGES, idx(new int[] {2}, 0, 2));
    }

    @Test
    void aHugeFalseDimensionCostsNoMemory() {
        assertCorrupt(8, "cut short", idx(new int[] {2_000_000_000, 8, 8}), idx(new int[] {2_000_000_000}));
    }

    private void assertCorrupt(long offset, String part, byte[] images, byte[] labels) {
        CorruptFileException error = assertThrows(CorruptFileException.class, () -> read(images, labels));
        assertEquals(offset, error.offset(), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    private ImageSet read(byte[] images, byte[] labels) throws IOException {
        Files.write(folder.resolve("images"), images);
        Files.write(folder.resolve("labels"), labels);
        return CollectedImages.of("test", new IdxImages(
                IdxImages.File.of(new LocalFiles(folder.resolve("images"))),
                IdxImages.File.of(new LocalFiles(folder.resolve("labels"))),
                CLASSES));
    }

    private static byte[] idx(int[] dimensions, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        bytes.put(new byte[] {0, 0, 8, (byte) dimensions.length});
        Arrays.stream(dimensions).forEach(bytes::putInt);
        Arrays.stream(values).forEach(value -> bytes.put((byte) value));
        return bytes.array();
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
