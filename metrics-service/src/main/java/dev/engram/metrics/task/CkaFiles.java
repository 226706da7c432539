package dev.engram.metrics.task;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.cka.Cka;
import dev.engram.metrics.cka.HsicEstimator;
import dev.engram.metrics.measure.LayerGrams;
import dev.engram.v1.CkaLayer;
import dev.engram.v1.CkaResult;
import dev.engram.v1.CkaSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a CKA artifact: {@code result.json}, {@code cka.csv} (a row a pair of layers) and {@code cka.safetensors}
 * ({@code cka} [L1, L2]).
 *
 * @param first rows
 * @param second columns
 */
record CkaFiles(Path directory, List<LayerGrams.Layer> first, List<LayerGrams.Layer> second) {

    Map<String, Path> write(Cka cka, HsicEstimator estimator, int batch) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(message(cka, estimator, batch), directory));
        files.put("cka.csv", table(cka));
        files.put("cka.safetensors", array(cka));
        return files;
    }

    private CkaResult message(Cka cka, HsicEstimator estimator, int batch) {
        CkaResult.Builder result = CkaResult.newBuilder()
                .addAllFirst(first.stream().map(CkaFiles::message).toList())
                .addAllSecond(second.stream().map(CkaFiles::message).toList())
                .setEstimator(
                        switch (estimator) {
                            case UNBIASED -> CkaSpec.Estimator.UNBIASED;
                            case BIASED -> CkaSpec.Estimator.BIASED;
                        })
                .setBatchSize(batch)
                .setBatches(cka.batches());
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < second.size(); j++) {
                result.addCka(cka.value(i, j));
            }
        }
        return result.build();
    }

    private static CkaLayer message(LayerGrams.Layer layer) {
        return CkaLayer.newBuilder()
                .setLayer(layer.layer().layer())
                .setPoint(layer.layer().point())
                .setDepth(layer.layer().depth())
                .setValues(layer.values())
                .build();
    }

    private Path table(Cka cka) throws IOException {
        Path file = directory.resolve("cka.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("first_layer,first_point,first_depth,second_layer,second_point,second_depth,cka\n");
            for (int i = 0; i < first.size(); i++) {
                for (int j = 0; j < second.size(); j++) {
                    out.write("%s,%s,%s\n".formatted(
                            columns(first.get(i).layer()), columns(second.get(j).layer()), cka.value(i, j)));
                }
            }
        }
        return file;
    }

    private static String columns(MeasuredLayer layer) {
        return "%s,%s,%d".formatted(layer.layer(), layer.point(), layer.depth());
    }

    private Path array(Cka cka) throws IOException {
        double[] values = new double[first.size() * second.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cka.value(i / second.size(), i % second.size());
        }
        try (ArrayFile file = new ArrayFile()) {
            return file.put("cka", values, first.size(), second.size())
                    .write(directory.resolve("cka.safetensors"), Map.of("first", names(first), "second", names(second)));
        }
    }

    private static String names(List<LayerGrams.Layer> layers) {
        return layers.stream().map(layer -> layer.layer().layer()).collect(Collectors.joining(","));
    }
}
