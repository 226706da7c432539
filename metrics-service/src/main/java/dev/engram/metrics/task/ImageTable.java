package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.SslMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** {@code images.csv}: a row for every image at every layer. Numbers are written so that reading gives the same bits. */
public final class ImageTable {
    public static final String FILE_NAME = "images.csv";

    private static final String HEADER = "image,subset,layer,point,ssl_f,ssl_g,sslmem_unnormalized,sslmem,degenerate";

    private ImageTable() {}

    static Path write(SslMemTable table, Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (int image = 0; image < table.imageIds().length; image++) {
                for (int layer = 0; layer < table.layers().size(); layer++) {
                    MeasuredLayer place = table.layers().get(layer);
                    SslMem score = table.at(layer, image);
                    out.write(table.imageIds()[image] + "," + table.subsets()[image] + "," + place.layer() + ","
                            + place.point() + "," + score.candidate() + "," + score.reference() + ","
                            + score.unnormalized() + "," + score.score() + "," + score.degenerate() + "\n");
                }
            }
        }
        return file;
    }

    /**
     * Reads the rows of one layer, in the order of measuring. Memory: those rows.
     *
     * @throws IllegalArgumentException if the file is something else, naming the line
     */
    public static List<ImageRow> read(Path file, String layer) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            if (!HEADER.equals(lines.readLine())) {
                throw new IllegalArgumentException(FILE_NAME + ": line 1 is not the expected header");
            }
            List<ImageRow> rows = new ArrayList<>();
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                String[] fields = line.split(",", -1);
                try {
                    if (fields[2].equals(layer)) {
                        rows.add(row(fields));
                    }
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                    throw new IllegalArgumentException(
                            "%s: line %d cannot be read: %s".formatted(FILE_NAME, number, e.getMessage()), e);
                }
            }
            return List.copyOf(rows);
        }
    }

    /** Reads the whole table of a result, with scores as they were made. */
    public static SslMemTable read(Path file, LayerMemResult result) throws IOException {
        List<MeasuredLayer> layers = result.getLayersList().stream()
                .map(row -> new MeasuredLayer(row.getLayer(), row.getPoint(), row.getDepth()))
                .toList();
        SslMemTable table = read(file, layers);
        return result.getNormalization() == LayerMemSpec.Normalization.RANGE ? table.byRange() : table;
    }

    /**
     * Reads the whole table, in the order of measuring. Memory: 16 bytes an image and layer.
     *
     * @param layers the rows every image has, in their order
     * @throws IllegalArgumentException if the file is something else, naming the line
     */
    public static SslMemTable read(Path file, List<MeasuredLayer> layers) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            if (!HEADER.equals(lines.readLine())) {
                throw new IllegalArgumentException(FILE_NAME + ": line 1 is not the expected header");
            }
            Columns columns = new Columns(layers);
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                try {
                    columns.add(line.split(",", -1));
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                    throw new IllegalArgumentException(
                            "%s: line %d cannot be read: %s".formatted(FILE_NAME, number, e.getMessage()), e);
                }
            }
            return columns.table();
        }
    }

    /** A table that grows by a row of the file at a time: an image's layers follow each other. */
    private static final class Columns {
        private final List<MeasuredLayer> layers;
        private final List<String> subsets = new ArrayList<>();
        private final List<Integer> images = new ArrayList<>();
        private final List<DoubleStream.Builder> candidate;
        private final List<DoubleStream.Builder> reference;
        private int layer;

        Columns(List<MeasuredLayer> layers) {
            this.layers = layers;
            this.candidate = layers.stream().map(_ -> DoubleStream.builder()).toList();
            this.reference = layers.stream().map(_ -> DoubleStream.builder()).toList();
        }

        void add(String[] fields) {
            int image = Integer.parseInt(fields[0]);
            if (!fields[2].equals(layers.get(layer).layer())) {
                throw new IllegalArgumentException(
                        "layer " + layers.get(layer).layer() + " was expected, found " + fields[2]);
            }
            if (layer == 0) {
                images.add(image);
                subsets.add(fields[1]);
            } else if (image != images.getLast()) {
                throw new IllegalArgumentException("image " + images.getLast() + " was expected, found " + image);
            }
            candidate.get(layer).add(Double.parseDouble(fields[4]));
            reference.get(layer).add(Double.parseDouble(fields[5]));
            layer = (layer + 1) % layers.size();
        }

        SslMemTable table() {
            if (layer != 0) {
                throw new IllegalArgumentException(FILE_NAME + ": ends within image " + images.getLast());
            }
            return new SslMemTable(
                    layers,
                    images.stream().mapToInt(Integer::intValue).toArray(),
                    subsets.toArray(String[]::new),
                    arrays(candidate),
                    arrays(reference));
        }

        private static double[][] arrays(List<DoubleStream.Builder> columns) {
            return columns.stream().map(column -> column.build().toArray()).toArray(double[][]::new);
        }
    }

    private static ImageRow row(String[] fields) {
        return new ImageRow(
                Integer.parseInt(fields[0]),
                fields[1],
                Double.parseDouble(fields[4]),
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[7]),
                Boolean.parseBoolean(fields[8]));
    }
}
