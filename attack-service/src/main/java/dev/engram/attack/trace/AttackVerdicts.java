package dev.engram.attack.trace;

import dev.engram.attack.dejavu.Cell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who named which image rightly: the cells of an {@code attacked.csv}, by crop, direction and image, in the order of its lines. */
final class AttackVerdicts {
    static final String FILE_NAME = "attacked.csv";

    private final Map<Place, Map<Long, Cell>> cells;

    private record Place(int crop, String direction) {}

    private AttackVerdicts(Map<Place, Map<Long, Cell>> cells) {
        this.cells = cells;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is something else, naming the line
     */
    static AttackVerdicts read(Path csv) throws IOException {
        Map<Place, Map<Long, Cell>> cells = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
        List<String> columns = lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split(","));
        int crop = column(columns, "crop");
        int direction = column(columns, "direction");
        int image = column(columns, "image_id");
        int cell = column(columns, "cell");
        for (int i = 1; i < lines.size(); i++) {
            String[] values = lines.get(i).split(",", -1);
            try {
                cells.computeIfAbsent(new Place(Integer.parseInt(values[crop]), values[direction]), _ -> new LinkedHashMap<>())
                        .put(Long.parseLong(values[image]), Cell.ofKey(values[cell]).orElseThrow(IllegalArgumentException::new));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("%s: line %d cannot be read".formatted(FILE_NAME, i + 1), e);
            }
        }
        return new AttackVerdicts(cells);
    }

    private static int column(List<String> columns, String name) {
        int column = columns.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(FILE_NAME + ": line 1 has no column " + name);
        }
        return column;
    }

    /** Cells by image id, most convincing first; empty if nothing was attacked there. */
    Map<Long, Cell> of(int crop, String direction) {
        return cells.getOrDefault(new Place(crop, direction), Map.of());
    }
}
