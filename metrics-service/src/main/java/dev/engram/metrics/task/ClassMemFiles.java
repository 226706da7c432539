package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.classmem.ClassMem;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.ClassUnit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files of a ClassMem artifact: {@code result.json} (a summary of each layer), {@code units.csv} (every unit) and
 * {@code classmem.safetensors} (the same as arrays).
 */
final class ClassMemFiles {
    private static final int TOP_UNITS = 20;

    private final Path directory;
    private final List<UnitLayer> layers;

    /** A unit on training images and on external points. */
    private record Row(int unit, ClassMem memory, ClassMem selectivity) {}

    ClassMemFiles(Path directory, List<UnitLayer> layers) {
        this.directory = directory;
        this.layers = layers;
    }

    Map<String, Path> write(ClassStore store, int views) throws IOException {
        List<List<Row>> rows = IntStream.range(0, layers.size()).mapToObj(layer -> rows(store, layer)).toList();
        ClassMemResult.Builder result = ClassMemResult.newBuilder()
                .setTrainingImages(store.training(0).images())
                .setTrainingClasses(store.training(0).classes())
                .setExternalImages(store.external(0).images())
                .setExternalClasses(store.external(0).classes())
                .setViews(views);
        for (int layer = 0; layer < layers.size(); layer++) {
            result.addLayers(summary(layers.get(layer), rows.get(layer)));
        }
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(result.build(), directory));
        files.put("units.csv", table(rows));
        files.put("classmem.safetensors", arrays(rows.stream().flatMap(List::stream).toList()));
        return files;
    }

    private static List<Row> rows(ClassStore store, int layer) {
        return IntStream.range(0, store.training(layer).units())
                .mapToObj(unit -> new Row(
                        unit,
                        ClassMem.of(store.training(layer).means(unit)),
                        ClassMem.of(store.external(layer).means(unit))))
                .toList();
    }

    private static ClassLayerSummary summary(UnitLayer layer, List<Row> rows) {
        double[] memory = rows.stream().mapToDouble(row -> row.memory().score()).toArray();
        double[] selectivity = rows.stream().mapToDouble(row -> row.selectivity().score()).toArray();
        return ClassLayerSummary.newBuilder()
                .setLayer(layer.layer().layer())
                .setPoint(layer.layer().point())
                .setDepth(layer.layer().depth())
                .setUnits(layer.units())
                .setSign(UnitLayerSummaries.sign(layer.sign()))
                .setClassMemMean(ScoreHistogram.mean(memory))
                .setClassMemMax(ScoreHistogram.max(memory))
                .setSelectivityMean(ScoreHistogram.mean(selectivity))
                .setSelectivityMax(ScoreHistogram.max(selectivity))
                .setDead((int) rows.stream().filter(row -> row.memory().dead()).count())
                .addAllClassMemHistogram(ScoreHistogram.of(memory))
                .addAllSelectivityHistogram(ScoreHistogram.of(selectivity))
                .addAllTopUnits(rows.stream()
                        .sorted(Comparator.comparingDouble((Row row) -> row.memory().score()).reversed().thenComparing(Row::unit))
                        .limit(TOP_UNITS)
                        .map(ClassMemFiles::unit)
                        .toList())
                .build();
    }

    private static ClassUnit unit(Row row) {
        return ClassUnit.newBuilder()
                .setUnit(row.unit())
                .setClassMem(row.memory().score())
                .setClassIndex(row.memory().classIndex())
                .setSelectivity(row.selectivity().score())
                .setSelectivityClassIndex(row.selectivity().classIndex())
                .build();
    }

    private Path table(List<List<Row>> rows) throws IOException {
        Path file = directory.resolve("units.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("layer,point,depth,unit,class_mem,class,mu_max,mu_others,selectivity,selectivity_class,selectivity_mu_max,"
                    + "selectivity_mu_others\n");
            for (int layer = 0; layer < layers.size(); layer++) {
                MeasuredLayer place = layers.get(layer).layer();
                for (Row row : rows.get(layer)) {
                    List<?> fields = new ArrayList<>(List.of(place.layer(), place.point(), place.depth(), row.unit()));
                    out.write(text(fields) + "," + text(columns(row.memory())) + "," + text(columns(row.selectivity())) + "\n");
                }
            }
        }
        return file;
    }

    private static List<?> columns(ClassMem score) {
        return List.of(score.score(), score.classIndex(), score.max(), score.others());
    }

    private static String text(List<?> fields) {
        return fields.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** One array for each column; all units of all layers, in forward order. */
    private Path arrays(List<Row> rows) throws IOException {
        int units = rows.size();
        try (ArrayFile file = new ArrayFile()) {
            return file.put("class_mem", column(rows, row -> row.memory().score()), units)
                    .put("class", rows.stream().mapToLong(row -> row.memory().classIndex()).toArray(), units)
                    .put("mu_max", column(rows, row -> row.memory().max()), units)
                    .put("mu_others", column(rows, row -> row.memory().others()), units)
                    .put("selectivity", column(rows, row -> row.selectivity().score()), units)
                    .put("selectivity_class", rows.stream().mapToLong(row -> row.selectivity().classIndex()).toArray(), units)
                    .put("unit", rows.stream().mapToLong(Row::unit).toArray(), units)
                    .write(directory.resolve("classmem.safetensors"), UnitLayerSummaries.metadata(layers));
        }
    }

    private static double[] column(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
