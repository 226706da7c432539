package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.image.Picture;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR in its official binary layout: the {@code .tar.gz} or the folder unpacked from it. A record is the label bytes and 3,072 pixel
 * bytes [3, 32, 32].
 *
 * <p>Batches that are absent are left out, so that a part of the data can be used; ids are those of the whole data set (training
 * images from 0, test images from 50,000), whatever is present. An archive is read once per file in it, so that images come in the
 * order of their ids.
 */
public final class CifarImages implements ImageSource {
    /** Which of the official parts to read. */
    public enum Part {
        TRAIN,
        TEST,
        ALL
    }

    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int FIRST_TEST_ID = 50_000;

    private final DataFiles files;
    private final CifarLayout layout;
    private final Part part;

    /** @param files the archive or the folder */
    public CifarImages(DataFiles files, CifarLayout layout, Part part) {
        this.files = requireNonNull(files, "files");
        this.layout = requireNonNull(layout, "layout");
        this.part = requireNonNull(part, "part");
    }

    /**
     * As {@link ImageSource#read}.
     *
     * @throws CorruptFileException if a file is cut short or damaged; names the file and the byte
     * @throws IOException if there is no batch of the part, or the class names are missing
     */
    @Override
    public List<String> read(ImageSink sink) throws IOException {
        List<String> names = names();
        boolean found = false;
        for (int i = 0; i < layout.training().size() && part != Part.TEST; i++) {
            found |= batch(layout.training().get(i), i * layout.imagesPerFile(), sink);
        }
        if (part != Part.TRAIN) {
            found |= batch(layout.test(), FIRST_TEST_ID, sink);
        }
        if (!found) {
            throw new EmptySourceException(files.place(), "holds none of " + wanted());
        }
        return names;
    }

    private List<String> wanted() {
        List<String> wanted = new ArrayList<>(part == Part.TEST ? List.of() : layout.training());
        if (part != Part.TRAIN) {
            wanted.add(layout.test());
        }
        return wanted;
    }

    private List<String> names() throws IOException {
        InputStream stream = open(layout.names())
                .orElseThrow(() -> new EmptySourceException(files.place(), layout.names() + " with the class names is missing"));
        try (stream) {
            byte[] text = stream.readNBytes(1 << 16);
            List<String> names = new String(text, StandardCharsets.UTF_8)
                    .lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (names.size() != layout.classes()) {
                throw new CorruptFileException(
                        layout.names(), text.length, "has %d class names, not %d".formatted(names.size(), layout.classes()));
            }
            return names;
        }
    }

    private boolean batch(String file, int firstId, ImageSink sink) throws IOException {
        Optional<InputStream> opened = open(file);
        if (opened.isEmpty()) {
            return false;
        }
        try (InputStream stream = opened.get()) {
            records(file, CountedInput.plain(stream, file), firstId, sink);
        }
        return true;
    }

    private void records(String file, CountedInput input, int firstId, ImageSink sink) throws IOException {
        int size = layout.labelBytes() + PIXELS;
        for (int i = 0; ; i++) {
            long at = input.position();
            byte[] record = input.readUpTo(size);
            if (record.length == 0 && i > 0) {
                return;
            }
            if (record.length < size) {
                throw new CorruptFileException(
                        file, input.position(), "cut short: is not a whole number of records of " + size + " bytes");
            }
            if (i == layout.imagesPerFile()) {
                throw new CorruptFileException(file, at, "has more than %,d records".formatted(layout.imagesPerFile()));
            }
            int label = record[layout.labelAt()] & 0xFF;
            if (label >= layout.classes()) {
                throw new CorruptFileException(file, at, "label %d is not in 0 … %d".formatted(label, layout.classes() - 1));
            }
            byte[] planes = Arrays.copyOfRange(record, layout.labelBytes(), size);
            sink.picture(
                    new Picture(3, SIDE, SIDE, planes),
                    new ImageSink.Origin(file + " record " + i, label, firstId + i, List.of()));
        }
    }

    /** A file of the folder or of the archive, if it is there. */
    private Optional<InputStream> open(String file) throws IOException {
        List<DataFiles.Entry> entries = files.list();
        for (String name : List.of(file, layout.folder() + "/" + file)) {
            if (entries.stream().anyMatch(entry -> entry.name().equals(name))) {
                return Optional.of(files.open(name));
            }
        }
        Optional<DataFiles.Entry> archive = entries.stream()
                .filter(entry -> TarReader.isArchive(entry.fileName()) && !entry.name().contains("/"))
                .findFirst();
        return archive.isEmpty() ? Optional.empty() : inArchive(archive.get().name(), file);
    }

    private Optional<InputStream> inArchive(String archive, String file) throws IOException {
        InputStream stream = files.open(archive);
        try {
            TarReader tar = new TarReader(CountedInput.of(stream, archive));
            while (tar.next()) {
                if (tar.name().substring(tar.name().lastIndexOf('/') + 1).equals(file)) {
                    return Optional.of(new FilterInputStream(tar.stream()) {
                        @Override
                        public void close() throws IOException {
                            stream.close();
                        }
                    });
                }
            }
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
        stream.close();
        return Optional.empty();
    }
}
