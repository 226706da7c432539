package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of pictures, one sub-folder per class: classes in the order of their names, pictures in the order of their paths, as torchvision's
 * ImageFolder; or with a table that says the class of each picture, wherever it lies. An image's id is its position among all
 * files, unreadable ones included.
 */
public final class PictureFolder implements ImageSource {
    private final DataFiles files;
    private final Optional<DataFiles> table;
    private final BoxIndex boxes;

    /**
     * @param table a CSV file with the columns {@code file} (path or bare name) and {@code class}; pictures that are not in it are left out
     */
    public PictureFolder(DataFiles files, Optional<DataFiles> table, BoxIndex boxes) {
        this.files = requireNonNull(files, "files");
        this.table = requireNonNull(table, "table");
        this.boxes = requireNonNull(boxes, "boxes");
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        List<DataFiles.Entry> entries = files.list();
        Map<String, String> classes = table.isPresent() ? tableClasses(table.get()) : folderClasses(entries);
        List<String> names = List.copyOf(new TreeSet<>(classes.values()));
        Map<String, Integer> labels = new HashMap<>();
        names.forEach(name -> labels.put(name, labels.size()));
        int id = 0;
        for (DataFiles.Entry entry : entries) {
            String name = classes.getOrDefault(entry.name(), classes.get(entry.fileName()));
            if (name != null) {
                send(entry, new ImageSink.Origin(entry.name(), labels.get(name), id, boxes.of(entry)), sink);
                id++;
            }
        }
        if (id == 0) {
            throw new EmptySourceException(files.place(), table.isPresent()
                    ? "none of its files is in the table " + table.get().place()
                    : "holds no class folders with pictures");
        }
        return names;
    }

    @Override
    public long expected() throws IOException {
        return files.list().size();
    }

    private void send(DataFiles.Entry entry, ImageSink.Origin origin, ImageSink sink) throws IOException {
        if (entry.size() > FileContents.LARGEST_PICTURE) {
            sink.unreadable(entry.name(), "has %d bytes, more than %d".formatted(entry.size(), FileContents.LARGEST_PICTURE));
            return;
        }
        sink.encoded(FileContents.read(files, entry.name(), FileContents.LARGEST_PICTURE), origin);
    }

    private static Map<String, String> folderClasses(List<DataFiles.Entry> entries) {
        Map<String, String> classes = new HashMap<>();
        for (DataFiles.Entry entry : entries) {
            int slash = entry.name().indexOf('/');
            if (slash > 0) {
                classes.put(entry.name(), entry.name().substring(0, slash));
            }
        }
        return classes;
    }

    private static Map<String, String> tableClasses(DataFiles table) throws IOException {
        DataFiles.Entry entry = table.list().getFirst();
        Map<String, String> classes = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (CsvTable.Row row :
                CsvTable.parse(entry.fileName(), FileContents.text(table, entry.name()), List.of("file", "class")).rows()) {
            String before = classes.putIfAbsent(row.get("file"), row.get("class"));
            if (row.get("class").isEmpty() || before != null && !before.equals(row.get("class"))) {
                problems.add("line %d: %s has no class, or two".formatted(row.line(), row.get("file")));
            }
        }
        if (!problems.isEmpty()) {
            throw new CorruptFileException(entry.fileName(), 0, String.join("; ", problems.subList(0, Math.min(5, problems.size()))));
        }
        return classes;
    }
}
