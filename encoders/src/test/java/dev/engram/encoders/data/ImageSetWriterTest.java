package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetWriterTest {
    @TempDir
    Path folder;

    private final ImageSet set = TestImages.random(23);

    @Test
    void whatFitsIntoOneShardIsTheFileThatASetInMemoryBecomes() throws IOException {
        assertEquals(Set.of(ImageSetFile.FILE_NAME), packed(1000).keySet());
        Path other = folder.resolve("other");
        ImageSetFile.write(set, other);
        assertArrayEquals(Files.readAllBytes(other), Files.readAllBytes(folder.resolve(ImageSetFile.FILE_NAME)));
    }

    @Test
    void shardsHoldTheSameSet() throws IOException {
        Map<String, Path> files = packed(5 * TestImages.TINY.bytes() + 1);
        assertEquals(6, files.size());
        ImageSet read = ImageSetFile.open(folder.resolve(ImageSetFile.FILE_NAME));
        assertEquals(5, read.shards());
        assertEquals(set.digest(), read.digest());
        assertEquals(set.boxes(21), read.boxes(21));
        int[] all = IntStream.range(0, 23).toArray();
        assertEquals(set.gather(all), read.gather(all));
        assertEquals(set.select(new int[] {22, 4}).digest(), read.select(new int[] {22, 4}).digest());
    }

    @Test
    void everyFlippedBitAndEveryCutOfAShardIsNoticed() throws IOException {
        packed(10 * TestImages.TINY.bytes());
        Path shard = folder.resolve("pixels-00002.safetensors");
        byte[] bytes = Files.readAllBytes(shard);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1 << at % 8;
            assertEquals(shard.getFileName().toString(), refused(shard, changed).file());
            assertEquals(at, refused(shard, java.util.Arrays.copyOf(bytes, at)).offset());
        }
        assertEquals(PixelShard.HEADER, refused(shard, flipped(bytes, PixelShard.HEADER + 5)).offset());
        Files.write(shard, bytes);
        Path index = folder.resolve(ImageSetFile.FILE_NAME);
        byte[] kept = Files.readAllBytes(index);
        for (int at = 0; at < kept.length; at += 3) {
            refused(index, flipped(kept, at));
        }
        Files.write(index, kept);
        Files.delete(shard);
        assertThrows(IOException.class, () -> ImageSetFile.open(index));
    }

    @Test
    void momentsAreThoseOfAllPixels() throws IOException {
        try (ImageSetWriter writer = new ImageSetWriter(folder, "m", new ImageShape(3, 1, 2), 100)) {
            writer.add(new byte[] {0, (byte) 255, 51, 51, 10, 20}, 0, 0, List.of());
            writer.add(new byte[] {0, (byte) 255, 51, 51, 30, 40}, 0, 1, List.of());
            assertEquals(List.of(0.5, 0.2), writer.moments().means().subList(0, 2));
            assertEquals(25.0 / 255, writer.moments().means().get(2), 1e-15);
            assertEquals(List.of(0.5, 0.0), writer.moments().deviations().subList(0, 2));
            assertEquals(Math.sqrt(125) / 255, writer.moments().deviations().get(2), 1e-15);
        }
    }

    @Test
    void nothingAndUnnamedLabelsAreRefused() throws IOException {
        try (ImageSetWriter writer = new ImageSetWriter(folder, "n", TestImages.TINY, 100)) {
            assertThrows(IllegalArgumentException.class, () -> writer.finish(List.of("a")));
            writer.add(new byte[6], 2, 0, List.of());
            assertTrue(assertThrows(IllegalArgumentException.class, () -> writer.finish(List.of("a", "b")))
                    .getMessage().contains("label 2 has no name"));
        }
    }

    private CorruptFileException refused(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return assertThrows(CorruptFileException.class, () -> ImageSetFile.open(folder.resolve(ImageSetFile.FILE_NAME)));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 4;
        return changed;
    }

    private Map<String, Path> packed(long shardBytes) throws IOException {
        try (ImageSetWriter writer = new ImageSetWriter(folder, set.name(), set.shape(), shardBytes)) {
            for (int i = 0; i < set.size(); i++) {
                byte[] image = new byte[set.shape().bytes()];
                set.image(i).get(image);
                writer.add(image, set.label(i), set.id(i), set.boxes(i));
            }
            return writer.finish(set.classNames());
        }
    }
}
