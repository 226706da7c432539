package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tiny-ImageNet as its authors unpack it: {@code train/CLASS/images} with {@code CLASS_boxes.txt}, {@code val/images} with
 * {@code val_annotations.txt}, {@code words.txt}. Its boxes name their last pixel. Ids are those of all pictures, first of train, then of
 * val, whatever part is read.
 */
public final class TinyImageNet implements ImageSource {
    /** Which of the two labelled parts to read. */
    public enum Part {
        TRAIN,
        VAL,
        ALL
    }

    private static final String TRAIN = "train/";
    private static final String BOXES = "_boxes.txt";
    private static final String VAL = "val/images/";
    private static final String ANNOTATIONS = "val/val_annotations.txt";
    private static final String WORDS = "words.txt";

    private final DataFiles files;
    private final Part part;

    public TinyImageNet(DataFiles files, Part part) {
        this.files = requireNonNull(files, "files");
        this.part = requireNonNull(part, "part");
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        List<DataFiles.Entry> entries = files.list();
        List<DataFiles.Entry> training = entries.stream().filter(TinyImageNet::trains).toList();
        List<DataFiles.Entry> validation = entries.stream().filter(entry -> entry.name().startsWith(VAL)).toList();
        TreeSet<String> classes = new TreeSet<>();
        training.forEach(entry -> classes.add(folder(entry)));
        if (classes.isEmpty()) {
            throw new EmptySourceException(files.place(), "holds no pictures in train/CLASS/images");
        }
        Map<String, Integer> labels = new HashMap<>();
        classes.forEach(name -> labels.put(name, labels.size()));
        if (part != Part.VAL) {
            train(training, entries, labels, sink);
        }
        if (part != Part.TRAIN) {
            validate(validation, training.size(), labels, sink);
        }
        return names(entries, List.copyOf(classes));
    }

    private void train(
            List<DataFiles.Entry> pictures, List<DataFiles.Entry> entries, Map<String, Integer> labels, ImageSink sink)
            throws IOException {
        Set<String> tables = entries.stream().map(DataFiles.Entry::name).filter(name -> name.endsWith(BOXES)).collect(Collectors.toSet());
        String current = "";
        Map<String, List<Box>> boxes = Map.of();
        for (int id = 0; id < pictures.size(); id++) {
            DataFiles.Entry entry = pictures.get(id);
            if (!folder(entry).equals(current)) {
                current = folder(entry);
                String table = TRAIN + current + "/" + current + BOXES;
                boxes = tables.contains(table) ? trainingBoxes(table) : Map.of();
            }
            send(entry, labels.get(current), id, boxes.getOrDefault(entry.fileName(), List.of()), sink);
        }
    }

    private Map<String, List<Box>> trainingBoxes(String file) throws IOException {
        Map<String, List<Box>> boxes = new HashMap<>();
        for (String[] row : rows(file, 5)) {
            boxes.computeIfAbsent(row[0], name -> new ArrayList<>()).add(BoxIndex.box(file, row[0], List.of(row).subList(1, 5), 1));
        }
        return boxes;
    }

    private void validate(List<DataFiles.Entry> pictures, int firstId, Map<String, Integer> labels, ImageSink sink) throws IOException {
        Map<String, String[]> rows = new HashMap<>();
        for (String[] row : rows(ANNOTATIONS, 6)) {
            rows.put(row[0], row);
        }
        for (int i = 0; i < pictures.size(); i++) {
            DataFiles.Entry entry = pictures.get(i);
            String[] row = rows.get(entry.fileName());
            if (row == null || !labels.containsKey(row[1])) {
                sink.unreadable(entry.name(), row == null ? "is not in " + ANNOTATIONS : "its class " + row[1] + " is not in train");
                continue;
            }
            send(entry, labels.get(row[1]), firstId + i, List.of(BoxIndex.box(ANNOTATIONS, row[0], List.of(row).subList(2, 6), 1)), sink);
        }
    }

    private void send(DataFiles.Entry entry, int label, int id, List<Box> boxes, ImageSink sink) throws IOException {
        sink.encoded(
                FileContents.read(files, entry.name(), FileContents.LARGEST_PICTURE),
                new ImageSink.Origin(entry.name(), label, id, boxes));
    }

    /** {@code goldfish (n01443537)} where the words are there: several classes may have the same word. */
    private List<String> names(List<DataFiles.Entry> entries, List<String> classes) throws IOException {
        if (entries.stream().noneMatch(entry -> entry.name().equals(WORDS))) {
            return classes;
        }
        Map<String, String> words = new HashMap<>();
        for (String[] row : rows(WORDS, 2)) {
            words.put(row[0], row[1].split(",")[0].strip());
        }
        return classes.stream().map(id -> words.containsKey(id) ? words.get(id) + " (" + id + ")" : id).toList();
    }

    private List<String[]> rows(String file, int fields) throws IOException {
        List<String[]> rows = new ArrayList<>();
        int line = 0;
        for (String text : FileContents.text(files, file).lines().toList()) {
            line++;
            String[] row = text.split("\t");
            if (row.length < fields && !text.isBlank()) {
                throw new CorruptFileException(file, 0, "line %d has %d fields, not %d".formatted(line, row.length, fields));
            }
            if (!text.isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static boolean trains(DataFiles.Entry entry) {
        return entry.name().startsWith(TRAIN) && entry.folder().endsWith("/images");
    }

    private static String folder(DataFiles.Entry entry) {
        return entry.name().split("/")[1];
    }
}
