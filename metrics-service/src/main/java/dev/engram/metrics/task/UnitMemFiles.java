package dev.engram.metrics.task;

import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.metrics.task.UnitRow.TopImage;
import dev.engram.metrics.unitmem.UnitActivations;
import dev.engram.metrics.unitmem.UnitMem;
import dev.engram.v1.UnitMemResult;
import dev.engram.v1.UnitMemSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The files of a UnitMem artifact: {@code result.json} (a summary of each layer), {@code units.csv} (every unit) and
 * {@code unitmem.safetensors} (the same as arrays).
 */
final class UnitMemFiles {
    private final Path directory;
    private final List<UnitLayer> layers;

    UnitMemFiles(Path directory, List<UnitLayer> layers) {
        this.directory = directory;
        this.layers = layers;
    }

    Map<String, Path> write(
            UnitStore trained, UnitStore untrained, int images, int views, UnitMemSpec.Others others)
            throws IOException {
        List<List<UnitRow>> rows = new ArrayList<>();
        UnitMemResult.Builder result =
                UnitMemResult.newBuilder().setImages(images).setViews(views).setOthers(others);
        for (int layer = 0; layer < layers.size(); layer++) {
            rows.add(rows(layer, trained, untrained));
            result.addLayers(UnitLayerSummaries.of(layers.get(layer), rows.get(layer)));
        }
        List<UnitRow> all = rows.stream().flatMap(List::stream).toList();
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(result.build(), directory));
        files.put(UnitTable.FILE_NAME, UnitTable.write(all, directory));
        files.put("unitmem.safetensors", arrays(all));
        return files;
    }

    private List<UnitRow> rows(int layer, UnitStore trained, UnitStore untrained) {
        List<UnitRow> rows = new ArrayList<>();
        UnitActivations activations = trained.layer(layer);
        for (int unit = 0; unit < activations.units(); unit++) {
            UnitMem score = trained.unitMem(layer, unit);
            UnitMem untrainedScore = untrained.unitMem(layer, unit);
            rows.add(new UnitRow(
                    layers.get(layer).layer(),
                    unit,
                    score.score(),
                    untrainedScore.score(),
                    score.max(),
                    score.others(),
                    activations.ties(unit),
                    score.dead(),
                    untrainedScore.dead(),
                    topImages(activations, unit)));
        }
        return rows;
    }

    private static List<TopImage> topImages(UnitActivations activations, int unit) {
        List<TopImage> images = new ArrayList<>();
        for (int rank = 0; rank < activations.kept(unit); rank++) {
            images.add(new TopImage(activations.topImage(unit, rank), activations.topMean(unit, rank)));
        }
        return images;
    }

    /** One array for each column; all units of all layers, in forward order; top images [U, K]. */
    private Path arrays(List<UnitRow> rows) throws IOException {
        int units = rows.size();
        int top = rows.getFirst().topImages().size();
        long[] topImages = rows.stream()
                .flatMap(row -> row.topImages().stream())
                .mapToLong(TopImage::id)
                .toArray();
        try (ArrayFile file = new ArrayFile()) {
            return file.put("unit_mem", column(rows, UnitRow::unitMem), units)
                    .put("null_unit_mem", column(rows, UnitRow::nullUnitMem), units)
                    .put("mu_max", column(rows, UnitRow::max), units)
                    .put("mu_others", column(rows, UnitRow::others), units)
                    .put("ties", rows.stream().mapToLong(UnitRow::ties).toArray(), units)
                    .put("dead", rows.stream().mapToLong(row -> row.dead() ? 1 : 0).toArray(), units)
                    .put("unit", rows.stream().mapToLong(UnitRow::unit).toArray(), units)
                    .put("top_images", topImages, units, top)
                    .write(directory.resolve("unitmem.safetensors"), UnitLayerSummaries.metadata(layers));
        }
    }

    private static double[] column(List<UnitRow> rows, ToDoubleFunction<UnitRow> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
