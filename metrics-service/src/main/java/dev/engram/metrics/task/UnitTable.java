package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.task.UnitRow.TopImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code units.csv}: a row for every unit of every layer, in forward order. Numbers are written so that reading gives the same bits. */
public final class UnitTable {
    public static final String FILE_NAME = "units.csv";

    private static final String HEADER =
            "layer,point,depth,unit,unit_mem,null_unit_mem,mu_max,mu_others,argmax_image,ties,dead,null_dead,top_images";

    private UnitTable() {}

    static Path write(List<UnitRow> rows, Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (UnitRow row : rows) {
                out.write(line(row) + "\n");
            }
        }
        return file;
    }

    private static String line(UnitRow row) {
        List<?> fields = List.of(
                row.layer().layer(),
                row.layer().point(),
                row.layer().depth(),
                row.unit(),
                row.unitMem(),
                row.nullUnitMem(),
                row.max(),
                row.others(),
                row.topImages().getFirst().id(),
                row.ties(),
                row.dead(),
                row.nullDead(),
                row.topImages().stream().map(top -> top.id() + ":" + top.mean()).collect(Collectors.joining(" ")));
        return fields.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else, naming the line
     */
    public static List<UnitRow> read(String csv) {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IllegalArgumentException(FILE_NAME + ": line 1 is not the expected header");
        }
        List<UnitRow> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(row(lines.get(i).split(",", -1)));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "%s: line %d cannot be read: %s".formatted(FILE_NAME, i + 1, e.getMessage()), e);
            }
        }
        return List.copyOf(rows);
    }

    private static UnitRow row(String[] fields) {
        return new UnitRow(
                new MeasuredLayer(fields[0], fields[1], Integer.parseInt(fields[2])),
                Integer.parseInt(fields[3]),
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Float.parseFloat(fields[6]),
                Double.parseDouble(fields[7]),
                Integer.parseInt(fields[9]),
                Boolean.parseBoolean(fields[10]),
                Boolean.parseBoolean(fields[11]),
                Arrays.stream(fields[12].split(" ")).map(UnitTable::topImage).toList());
    }

    private static TopImage topImage(String text) {
        int colon = text.indexOf(':');
        return new TopImage(Integer.parseInt(text.substring(0, colon)), Float.parseFloat(text.substring(colon + 1)));
    }
}
