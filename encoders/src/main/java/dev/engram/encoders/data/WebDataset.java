package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * WebDataset shards: tar archives whose consecutive entries with the same name up to the first dot are one sample; {@code .jpg},
 * {@code .jpeg} or {@code .png} is its picture, {@code .cls} its label as a number. Shards in the order of their names; an image's id is the
 * number of its sample, unreadable ones included. Read once, front to back.
 */
public final class WebDataset implements ImageSource {
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png");
    private static final int LARGEST_LABEL = 99_999;
    private static final int LABEL_BYTES = 64;

    private final DataFiles files;
    private final List<String> classNames;
    private Sample sample;
    private int samples;
    private int largest;

    /**
     * @param files a shard, or a folder of which every file named as an archive is a shard
     * @param classNames one per label; empty to name each class by its label
     */
    public WebDataset(DataFiles files, List<String> classNames) {
        this.files = requireNonNull(files, "files");
        this.classNames = List.copyOf(classNames);
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        samples = 0;
        largest = 0;
        List<DataFiles.Entry> shards = files.list().stream().filter(entry -> TarReader.isArchive(entry.name())).toList();
        if (shards.isEmpty()) {
            throw new EmptySourceException(files.place(), "holds no .tar, .tar.gz or .tgz file");
        }
        for (DataFiles.Entry shard : shards) {
            try (InputStream stream = files.open(shard.name())) {
                shard(shard.name(), new TarReader(CountedInput.of(stream, shard.name())), sink);
            }
        }
        return classNames.isEmpty() ? IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList() : classNames;
    }

    private void shard(String shard, TarReader tar, ImageSink sink) throws IOException {
        sample = null;
        while (tar.next()) {
            String name = tar.name();
            int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
            if (dot < 0 || name.startsWith(".", name.lastIndexOf('/') + 1)) {
                continue;
            }
            String key = name.substring(0, dot);
            if (sample == null || !sample.key.equals(key)) {
                finish(sink);
                sample = new Sample(shard, key);
            }
            sample.take(name.substring(dot + 1).toLowerCase(Locale.ROOT), tar);
        }
        finish(sink);
    }

    private void finish(ImageSink sink) throws IOException {
        if (sample == null) {
            return;
        }
        int id = samples++;
        String file = sample.shard + "/" + (sample.file == null ? sample.key : sample.file);
        String problem = sample.problem();
        if (problem == null && !classNames.isEmpty() && sample.label >= classNames.size()) {
            problem = "label %d, but there are %d classes".formatted(sample.label, classNames.size());
        }
        if (problem != null) {
            sink.unreadable(file, problem);
        } else {
            largest = Math.max(largest, sample.label);
            sink.encoded(sample.picture, new ImageSink.Origin(file, sample.label, id, List.of()));
        }
        sample = null;
    }

    /** What has been seen of a sample. */
    private static final class Sample {
        private final String shard;
        private final String key;
        private String file;
        private byte[] picture;
        private int label = -1;
        private String wrong;

        Sample(String shard, String key) {
            this.shard = shard;
            this.key = key;
        }

        void take(String extension, TarReader tar) throws IOException {
            if (extension.equals("cls")) {
                label(tar);
            } else if (PICTURES.contains(extension)) {
                file = tar.name();
                if (tar.size() > FileContents.LARGEST_PICTURE) {
                    wrong = "has %d bytes, more than %d".formatted(tar.size(), FileContents.LARGEST_PICTURE);
                } else {
                    picture = tar.content();
                }
            }
        }

        private void label(TarReader tar) throws IOException {
            String text = tar.size() > LABEL_BYTES ? "" : new String(tar.content(), StandardCharsets.UTF_8).strip();
            label = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
            if (label < 0 || label > LARGEST_LABEL) {
                wrong = ".cls holds no number from 0 to %d".formatted(LARGEST_LABEL);
            }
        }

        /** Why it is no labelled picture, or null. */
        String problem() {
            if (wrong != null) {
                return wrong;
            }
            if (picture == null) {
                return "has no picture (.jpg, .jpeg, .png)";
            }
            return label < 0 ? "has no label (.cls)" : null;
        }
    }
}
