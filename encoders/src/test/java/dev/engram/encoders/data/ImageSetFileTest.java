package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetFileTest {
    @TempDir
    Path folder;

    private final ImageSet set = TestImages.random(9);
    private Path file;
    private byte[] bytes;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("set.safetensors");
        ImageSetFile.write(set, file);
        bytes = Files.readAllBytes(file);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ImageSet read = ImageSetFile.open(file);
        assertEquals(set.digest(), read.digest());
        assertEquals("random", read.name());
        assertEquals(set.classNames(), read.classNames());
        assertArrayEquals(set.labels(), read.labels());
        assertEquals(set.boxes(3), read.boxes(3));
        assertEquals(set.gather(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}), read.gather(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
        assertTrue(read.image(4).isDirect(), "mapped, not copied");
    }

    @Test
    void theSameSetIsTheSameBytesAndLeavesNoTemporaryFile() throws IOException {
        Path other = folder.resolve("other");
        ImageSetFile.write(set, other);
        assertArrayEquals(bytes, Files.readAllBytes(other));
        assertFalse(Files.exists(folder.resolve("other.part")));
    }

    /** The layout that the safetensors library reads: length, JSON, tensors from the header's end. */
    @Test
    void theHeaderIsThatOfSafetensors() {
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, (length + Long.BYTES) % 64);
        String json = new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8);
        assertTrue(json.startsWith("{\"__metadata__\":{\"classes\":\"[\\\"a\\\",\\\"b\\\",\\\"c\\\"]\""), json);
        assertTrue(json.contains("\"labels\":{\"dtype\":\"I32\",\"shape\":[9],\"data_offsets\":[0,36]}"), json);
        assertTrue(json.contains("\"pixels\":{\"dtype\":\"U8\",\"shape\":[9,1,2,3],\"data_offsets\":[420,474]}"), json);
        assertEquals(bytes.length, Long.BYTES + length + 474);
    }

    @Test
    void aTruncationIsRefusedAtItsByte() throws IOException {
        for (int length = 0; length < bytes.length; length += length < 16 || length > bytes.length - 16 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            CorruptFileException error = assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file));
            assertEquals("set.safetensors", error.file());
            assertEquals(length, error.offset(), error.getMessage());
            assertTrue(error.getMessage().contains("cut short"), error.getMessage());
        }
    }

    @Test
    void aFlippedBitIsRefusedWhereverItIs() throws IOException {
        for (int at = 0; at < bytes.length; at += 3) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1 << at % 8;
            Files.write(file, changed);
            CorruptFileException error =
                    assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file), "byte " + at + " of " + bytes.length);
            assertEquals("set.safetensors", error.file());
        }
    }

    @Test
    void aFlippedPixelNamesItsImage() throws IOException {
        byte[] changed = bytes.clone();
        changed[bytes.length - 1] ^= 4;
        Files.write(file, changed);
        CorruptFileException error = assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file));
        assertEquals(bytes.length - TestImages.TINY.bytes(), error.offset());
        assertTrue(error.getMessage().contains("image 8"), error.getMessage());
    }

    /** Only where an image is repeated: every other set is the bytes it always was. */
    @Test
    void repeatCountsAreATensorOfTheirOwn() throws IOException {
        ImageSet repeated = TestImages.random(9, i -> 1 + i % 4);
        ImageSetFile.write(repeated, file);
        byte[] with = Files.readAllBytes(file);
        ImageSet read = ImageSetFile.open(file);
        for (int i = 0; i < 9; i++) {
            assertEquals(1 + i % 4, read.repeatCount(i));
            assertEquals(1, set.repeatCount(i));
        }
        assertEquals(repeated.digest(), read.digest());
        assertNotEquals(set.digest(), repeated.digest());
        assertEquals(repeated.boxes(3), read.boxes(3));
        String header = new String(with, Long.BYTES, 900, StandardCharsets.UTF_8);
        assertTrue(header.contains("\"repeat_counts\":{\"dtype\":\"I32\",\"shape\":[9],\"data_offsets\":[72,108]}"), header);
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("repeat"));
        bytes = with;
        aFlippedBitIsRefusedWhereverItIs();
    }

    @Test
    void bytesBehindTheEndAndOtherFilesAreRefused() throws IOException {
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertEquals(bytes.length, assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file)).offset());
        Files.writeString(file, "{\"this\": \"is some JSON, not an image set\"}");
        assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file));
        Files.write(file, safetensors("{\"pixels\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1],\"data_offsets\":[0,1]}}"));
        assertTrue(assertThrows(CorruptFileException.class, () -> ImageSetFile.open(file)).getMessage().contains("metadata"));
    }

    private static byte[] safetensors(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + utf8.length + 1).order(ByteOrder.LITTLE_ENDIAN).putLong(utf8.length).put(utf8).array();
    }
}
