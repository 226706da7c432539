package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The boxes of the pictures of a source, found by a picture's path or its bare name. */
public final class BoxIndex {
    /** No boxes at all. */
    public static final BoxIndex NONE = new BoxIndex();

    private final Map<String, List<Box>> boxes = new HashMap<>();

    BoxIndex() {}

    /**
     * Boxes of a CSV table with the columns {@code file}, {@code xmin}, {@code ymin}, {@code xmax}, {@code ymax}; several rows an image are
     * several boxes, empty fields none.
     *
     * @param files the table, a place of its own
     * @param prefix stands before the last four columns' names, e.g. {@code body_}
     * @throws CorruptFileException naming the line that is no box
     */
    public static BoxIndex csv(DataFiles files, String prefix) throws IOException {
        DataFiles.Entry table = files.list().getFirst();
        List<String> columns = List.of(prefix + "xmin", prefix + "ymin", prefix + "xmax", prefix + "ymax");
        List<String> required = new ArrayList<>(columns);
        required.add("file");
        BoxIndex index = new BoxIndex();
        for (CsvTable.Row row : CsvTable.parse(table.fileName(), FileContents.text(files, table.name()), required).rows()) {
            List<String> values = columns.stream().map(row::get).toList();
            if (!values.stream().allMatch(String::isEmpty)) {
                index.add(row.get("file"), box(table.fileName(), "line " + row.line(), values, 0));
            }
        }
        return index;
    }

    /**
     * Boxes of PASCAL VOC annotations.
     *
     * @param files the folder with the {@code .xml} files
     */
    public static BoxIndex voc(DataFiles files) throws IOException {
        BoxIndex index = new BoxIndex();
        for (DataFiles.Entry entry : files.list()) {
            if (entry.name().endsWith(".xml")) {
                String name = entry.name().substring(0, entry.name().length() - ".xml".length());
                for (Box box : VocAnnotation.boxes(entry.name(), FileContents.read(files, entry.name(), VocAnnotation.LARGEST))) {
                    index.add(name, box);
                }
            }
        }
        if (index.boxes.isEmpty()) {
            throw new EmptySourceException(files.place(), "holds no annotation with a box");
        }
        return index;
    }

    /** The boxes given for a picture: by its whole name, its bare name, or either without its extension. */
    public List<Box> of(DataFiles.Entry picture) {
        for (String name : List.of(
                picture.name(), picture.fileName(), withoutExtension(picture.name()), withoutExtension(picture.fileName()))) {
            if (boxes.containsKey(name)) {
                return boxes.get(name);
            }
        }
        return List.of();
    }

    void add(String picture, Box box) {
        boxes.computeIfAbsent(picture, name -> new ArrayList<>(1)).add(box);
    }

    /**
     * A box of four numbers in the order xmin, ymin, xmax, ymax; what is left of or above the picture is cut off.
     *
     * @param beyond what is added to the last two: 1 if they name the last pixel
     */
    static Box box(String file, String where, List<String> values, int beyond) throws CorruptFileException {
        try {
            List<Integer> numbers = values.stream().map(value -> (int) Math.rint(Double.parseDouble(value))).toList();
            return new Box(
                    Math.max(0, numbers.get(0)), Math.max(0, numbers.get(1)), numbers.get(2) + beyond, numbers.get(3) + beyond);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file, 0, "%s is no box: %s".formatted(where, values), e);
        }
    }

    /** Annotations in a folder of their own are found by the bare name of their picture. */
    private static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    }
}
