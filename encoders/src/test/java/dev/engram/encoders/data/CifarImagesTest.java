package dev.engram.encoders.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.CifarImages.Part;
import dev.engram.encoders.file.CorruptFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarImagesTest {
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new TreeMap<>(Map.of(
            "data_batch_1.bin", records(3, 1),
            "data_batch_2.bin", records(2, 5),
            "test_batch.bin", records(4, 9),
            "batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"
                    .getBytes(StandardCharsets.UTF_8),
            "readme.html", "not an image".getBytes(StandardCharsets.UTF_8)));

    @Test
    void readsTheArchiveAndTheFolderAlike() throws IOException {
        ImageSet archive = read(archive(tar()), Part.ALL);
        assertEquals(9, archive.size());
        assertArrayEquals(
                new int[] {0, 1, 2, 10_000, 10_001, 50_000, 50_001, 50_002, 50_003},
                archive.ids(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
        assertArrayEquals(new int[] {1, 2, 3, 5, 6, 9, 0, 1, 2}, archive.labels());
        assertEquals("truck", archive.classNames().get(9));
        byte[] first = new byte[3072];
        archive.image(3).get(first);
        assertArrayEquals(Arrays.copyOfRange(files.get("data_batch_2.bin"), 1, RECORD), first);
        assertEquals(archive.digest(), read(unpacked(), Part.ALL).digest());
    }

    @Test
    void readsTheSubsetAsked() throws IOException {
        assertEquals(5, read(unpacked(), Part.TRAIN).size());
        assertEquals(4, read(archive(tar()), Part.TEST).size());
    }

    @Test
    void aBatchCutShortNamesFileAndByte() {
        files.put("data_batch_2.bin", Arrays.copyOf(records(2, 0), 2 * RECORD - 1));
        CorruptFileException error =
                assertThrows(CorruptFileException.class, () -> read(unpacked(), Part.ALL));
        assertEquals("data_batch_2.bin: byte 6145: cut short: is not a whole number of records of 3073 bytes", error.getMessage());
    }

    @Test
    void aWrongLabelNamesFileAndByte() {
        files.get("test_batch.bin")[RECORD] = 10;
        CorruptFileException error =
                assertThrows(CorruptFileException.class, () -> read(unpacked(), Part.ALL));
        assertEquals("test_batch.bin: byte 3073: label 10 is not in 0 … 9", error.getMessage());
    }

    @Test
    void anArchiveCutShortIsRefused() throws IOException {
        byte[] tar = tar();
        for (int length : new int[] {0, 100, 512, 1000, 5000, tar.length - 1024}) {
            Path cut = folder.resolve("cut.tar");
            Files.write(cut, Arrays.copyOf(tar, length));
            CorruptFileException error =
                    assertThrows(CorruptFileException.class, () -> read(cut, Part.ALL));
            assertEquals("cut.tar", error.file());
            assertEquals(length, error.offset());
        }
        byte[] damaged = tar.clone();
        damaged[30] ^= 1;
        Files.write(folder.resolve("damaged.tar"), damaged);
        assertThrows(CorruptFileException.class, () -> read(folder.resolve("damaged.tar"), Part.ALL));
    }

    @Test
    void aMissingBatchOrListOfNamesIsSaid() throws IOException {
        files.keySet().removeIf(name -> name.startsWith("data"));
        Path folder = unpacked();
        assertTrue(assertThrows(IOException.class, () -> read(folder, Part.TRAIN))
                .getMessage().contains("data_batch_1.bin"));
        Files.delete(folder.resolve("batches.meta.txt"));
        assertTrue(assertThrows(IOException.class, () -> read(folder, Part.TEST))
                .getMessage().contains("batches.meta.txt"));
    }

    private static ImageSet read(Path path, Part part) throws IOException {
        return CollectedImages.of("cifar", new CifarImages(new LocalFiles(path), CifarLayout.CIFAR_10, part));
    }

    @Test
    void readsCifar100ByEitherOfItsLabels() throws IOException {
        Path unpacked = Files.createDirectories(folder.resolve("cifar-100-binary"));
        byte[] record = new byte[3074];
        record[0] = 19;
        record[1] = 99;
        record[2] = 7;
        Files.write(unpacked.resolve("train.bin"), record);
        Files.write(unpacked.resolve("test.bin"), record);
        Files.writeString(unpacked.resolve("fine_label_names.txt"), names("fine", 100));
        Files.writeString(unpacked.resolve("coarse_label_names.txt"), names("coarse", 20));
        ImageSet fine = CollectedImages.of(
                "c", new CifarImages(new LocalFiles(folder), CifarLayout.CIFAR_100_FINE, Part.ALL));
        assertArrayEquals(new int[] {99, 99}, fine.labels());
        assertArrayEquals(new int[] {0, 50_000}, fine.ids(new int[] {0, 1}));
        assertEquals(7, fine.image(0).get(0));
        ImageSet coarse = CollectedImages.of(
                "c", new CifarImages(new LocalFiles(unpacked), CifarLayout.CIFAR_100_COARSE, Part.TEST));
        assertEquals("coarse 19", coarse.classNames().get(coarse.label(0)));
    }

    private static String names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + " " + i + "\n").collect(Collectors.joining());
    }

    private Path unpacked() throws IOException {
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(unpacked.resolve(file.getKey()), file.getValue());
        }
        return unpacked;
    }

    private Path archive(byte[] tar) throws IOException {
        Path archive = folder.resolve("cifar-10-binary.tar.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
            gzip.write(tar);
        }
        return archive;
    }

    private byte[] tar() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            tar.write(tarHeader("cifar-10-batches-bin/" + file.getKey(), file.getValue().length));
            tar.write(file.getValue());
            tar.write(new byte[(512 - file.getValue().length % 512) % 512]);
        }
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    private static byte[] tarHeader(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] records(int count, int firstLabel) {
        ByteBuffer bytes = ByteBuffer.allocate(count * RECORD);
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[RECORD - 1];
            Arrays.fill(pixels, (byte) (firstLabel * 20 + i));
            bytes.put((byte) ((firstLabel + i) % 10)).put(pixels);
        }
        return bytes.array();
    }
}
