package dev.engram.encoders.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads CIFAR-10 in its official binary layout (A. Krizhevsky, 2009): {@code cifar-10-binary.tar.gz} or the folder unpacked from
 * it. A record is one label byte and 3,072 pixel bytes [3, 32, 32]; class names come from {@code batches.meta.txt}.
 *
 * <p>Batches that are absent are left out, so that a part of the data can be used; ids are those of the whole data set
 * (training batch k starts at 10,000·(k-1), the test batch at 50,000), whatever is present.
 */
public final class Cifar10BinaryReader {
    /** Which of the official parts to read. */
    public enum Subset {
        TRAIN,
        TEST,
        ALL
    }

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.bytes();
    private static final int RECORDS_PER_BATCH = 10_000;
    private static final int CLASSES = 10;
    private static final String META = "batches.meta.txt";
    private static final List<String> BATCHES = List.of(
            "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
            "test_batch.bin");

    private Cifar10BinaryReader() {}

    /**
     * @param path the tar archive (plain or gzipped) or the folder
     * @throws CorruptFileException if a file is cut short or damaged; names the file and the byte
     * @throws IOException if there is no batch of the subset, or the class names are missing
     */
    public static ImageSet read(Path path, Subset subset) throws IOException {
        Map<String, byte[]> files = Files.isDirectory(path) ? folder(path, subset) : archive(path, subset);
        byte[] meta = files.remove(META);
        if (meta == null) {
            throw new IOException(path + ": " + META + " with the class names is missing");
        }
        if (files.isEmpty()) {
            throw new IOException(path + ": holds none of " + wanted(subset));
        }
        List<String> classNames =
                new String(meta, StandardCharsets.UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (classNames.size() != CLASSES) {
            throw new CorruptFileException(META, meta.length, "has %d class names, not 10".formatted(classNames.size()));
        }
        int images = files.values().stream().mapToInt(file -> file.length / RECORD).sum();
        ImageSetBuilder builder = new ImageSetBuilder("cifar-10", SHAPE, classNames, Math.max(1, images));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            add(builder, file.getKey(), file.getValue());
        }
        return builder.build();
    }

    private static void add(ImageSetBuilder builder, String file, byte[] bytes) throws CorruptFileException {
        int firstId = BATCHES.indexOf(file) * RECORDS_PER_BATCH;
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw new CorruptFileException(
                    file, bytes.length, "cut short: is not a whole number of records of " + RECORD + " bytes");
        }
        if (bytes.length / RECORD > RECORDS_PER_BATCH) {
            throw new CorruptFileException(file, (long) RECORDS_PER_BATCH * RECORD, "has more than 10,000 records");
        }
        for (int from = 0; from < bytes.length; from += RECORD) {
            int label = bytes[from] & 0xFF;
            if (label >= CLASSES) {
                throw new CorruptFileException(file, from, "label " + label + " is not in 0 … 9");
            }
            builder.add(Arrays.copyOfRange(bytes, from + 1, from + RECORD), label, firstId + from / RECORD, List.of());
        }
    }

    private static Map<String, byte[]> folder(Path folder, Subset subset) throws IOException {
        Path inner = folder.resolve("cifar-10-batches-bin");
        Path root = Files.isDirectory(inner) ? inner : folder;
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : withMeta(subset)) {
            if (Files.exists(root.resolve(name))) {
                files.put(name, Files.readAllBytes(root.resolve(name)));
            }
        }
        return files;
    }

    private static Map<String, byte[]> archive(Path path, Subset subset) throws IOException {
        List<String> names = withMeta(subset);
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream stream = Files.newInputStream(path)) {
            TarReader tar = new TarReader(CountedInput.of(stream, path.getFileName().toString()));
            while (tar.next()) {
                String name = tar.name().substring(tar.name().lastIndexOf('/') + 1);
                if (names.contains(name)) {
                    files.put(name, tar.content());
                }
            }
        }
        return files;
    }

    private static List<String> wanted(Subset subset) {
        return switch (subset) {
            case TRAIN -> BATCHES.subList(0, 5);
            case TEST -> BATCHES.subList(5, 6);
            case ALL -> BATCHES;
        };
    }

    private static List<String> withMeta(Subset subset) {
        List<String> names = new ArrayList<>(wanted(subset));
        names.add(META);
        return names;
    }
}
