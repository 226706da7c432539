package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.v1.LayerMemSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The files of a LayerMem artifact: {@code result.json}, {@code layers.csv} (a row a layer and subset), {@code differences.csv} (a row
 * a layer and two subsets), {@code images.csv} (a row an image and layer) and {@code sslmem.safetensors} (the same as arrays).
 */
final class LayerMemFiles {
    private final Path directory;

    LayerMemFiles(Path directory) {
        this.directory = directory;
    }

    Map<String, Path> write(SslMemTable table, LayerMem result, int views, LayerMemSpec.Compared compared) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(LayerMemMessages.result(table, result, views, compared), directory));
        files.put("layers.csv", layers(result));
        files.put("differences.csv", differences(result));
        files.put(ImageTable.FILE_NAME, ImageTable.write(table, directory));
        files.put("sslmem.safetensors", arrays(table));
        return files;
    }

    private Path layers(LayerMem result) throws IOException {
        Path file = directory.resolve("layers.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("layer,point,depth,subset,images,mean,ci_low,ci_high,degenerate,delta_conv,delta_module,delta_block\n");
            for (LayerMem.Row row : result.rows()) {
                for (LayerMem.Subset subset : row.subsets()) {
                    boolean candidates = subset.name().equals(LayerMem.CANDIDATE);
                    out.write("%s,%s,%d,%s,%d,%s,%s,%s,%d,%s,%s,%s\n".formatted(
                            row.layer().layer(),
                            row.layer().point(),
                            row.layer().depth(),
                            subset.name(),
                            subset.images(),
                            subset.layerMem().mean(),
                            subset.layerMem().low(),
                            subset.layerMem().high(),
                            subset.degenerate(),
                            candidates ? text(row.deltaConvolution()) : "",
                            candidates ? text(row.deltaModule()) : "",
                            candidates ? text(row.deltaBlock()) : ""));
                }
            }
        }
        return file;
    }

    private Path differences(LayerMem result) throws IOException {
        StringBuilder csv = new StringBuilder("layer,point,depth,subset,against,mean,ci_low,ci_high\n");
        for (LayerMem.Row row : result.rows()) {
            for (LayerMem.Difference difference : row.differences()) {
                csv.append("%s,%s,%d,%s,%s,%s,%s,%s\n".formatted(
                        row.layer().layer(), row.layer().point(), row.layer().depth(), difference.subset(), difference.against(),
                        difference.layerMem().mean(), difference.layerMem().low(), difference.layerMem().high()));
            }
        }
        return Files.writeString(directory.resolve("differences.csv"), csv);
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
    }

    /** ssl_f, ssl_g, sslmem [L, N], image [N], subset [N] as a position in the metadata's list. */
    private Path arrays(SslMemTable table) throws IOException {
        int layers = table.layers().size();
        int images = table.imageIds().length;
        int[] all = table.allPositions();
        List<String> subsets =
                List.of(LayerMem.CANDIDATE, LayerMem.SHARED, LayerMem.INDEPENDENT, LayerMem.EXTERNAL);
        double[][] scores = new double[layers][];
        Arrays.setAll(scores, layer -> table.scores(layer, all));
        try (ArrayFile file = new ArrayFile()) {
            return file.put("ssl_f", flat(table.candidate()), layers, images)
                    .put("ssl_g", flat(table.reference()), layers, images)
                    .put("sslmem", flat(scores), layers, images)
                    .put("image", Arrays.stream(table.imageIds()).asLongStream().toArray(), images)
                    .put("subset", Arrays.stream(table.subsets()).mapToLong(subsets::indexOf).toArray(), images)
                    .write(
                            directory.resolve("sslmem.safetensors"),
                            Map.of(
                                    "layers",
                                    table.layers().stream().map(MeasuredLayer::layer).collect(Collectors.joining(",")),
                                    "subsets",
                                    String.join(",", subsets)));
        }
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
