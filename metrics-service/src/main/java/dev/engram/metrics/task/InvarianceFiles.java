package dev.engram.metrics.task;

import dev.engram.encoders.statistics.Bootstrap;
import dev.engram.encoders.statistics.Interval;
import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.MeanInterval;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.SubsetInvariance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The files of an invariance artifact: {@code result.json}, {@code invariance.csv} (a row an operation, layer and subset) and
 * {@code invariance.safetensors} ({@code distance_f}, {@code distance_g} [operations, layers, images], {@code image} [images]).
 *
 * @param operations names, in the order of the rows of what was kept
 * @param subsets of each image
 * @param ids of each image
 */
record InvarianceFiles(Path directory, List<String> operations, List<MeasuredLayer> layers, String[] subsets, int[] ids) {
    private static final int RESAMPLES = 2000;

    /** @param f distances {@code [operations · L][N]} in f, {@code g} in g; images in the order of {@code ids} */
    Map<String, Path> write(double[][] f, double[][] g, int draws, boolean pooled, long seed) throws IOException {
        Bootstrap bootstrap = new Bootstrap(seed, RESAMPLES);
        InvarianceResult.Builder result = InvarianceResult.newBuilder().setDraws(draws).setPooled(pooled);
        for (int operation = 0; operation < operations.size(); operation++) {
            result.addOperations(message(operations.get(operation), rows(f, operation), rows(g, operation), bootstrap));
        }
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(result.build(), directory));
        files.put("invariance.csv", table(result.build()));
        files.put("invariance.safetensors", arrays(f, g));
        return files;
    }

    private double[][] rows(double[][] all, int operation) {
        return Arrays.copyOfRange(all, operation * layers.size(), (operation + 1) * layers.size());
    }

    private OperationInvariance message(String operation, double[][] f, double[][] g, Bootstrap bootstrap) {
        List<LayerInvariance.Builder> rows = layers.stream()
                .map(layer -> LayerInvariance.newBuilder().setLayer(layer.layer()).setPoint(layer.point()).setDepth(layer.depth()))
                .toList();
        for (String subset : LayerMem.SUBSETS) {
            int[] positions = positions(subset);
            if (positions.length == 0) {
                continue;
            }
            Interval[] ofF = bootstrap.means(columns(f, positions));
            Interval[] ofG = bootstrap.means(columns(g, positions));
            for (int layer = 0; layer < rows.size(); layer++) {
                rows.get(layer)
                        .addSubsets(SubsetInvariance.newBuilder()
                                .setSubset(subset)
                                .setImages(positions.length)
                                .setF(message(ofF[layer]))
                                .setG(message(ofG[layer])));
            }
        }
        int[] candidates = positions(LayerMem.CANDIDATE);
        int[] external = positions(LayerMem.EXTERNAL);
        if (candidates.length > 0 && external.length > 0) {
            Interval[] beyondF = bootstrap.differences(columns(f, candidates), columns(f, external));
            Interval[] beyondG = bootstrap.differences(columns(g, candidates), columns(g, external));
            for (int layer = 0; layer < rows.size(); layer++) {
                rows.get(layer).setBeyondF(message(beyondF[layer])).setBeyondG(message(beyondG[layer]));
            }
        }
        return OperationInvariance.newBuilder()
                .setOperation(operation)
                .addAllLayers(rows.stream().map(LayerInvariance.Builder::build).toList())
                .build();
    }

    private int[] positions(String subset) {
        return IntStream.range(0, subsets.length).filter(i -> subsets[i].equals(subset)).toArray();
    }

    private static double[][] columns(double[][] rows, int[] positions) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(positions).mapToDouble(i -> row[i]).toArray())
                .toArray(double[][]::new);
    }

    private static MeanInterval message(Interval interval) {
        return MeanInterval.newBuilder()
                .setMean(interval.mean())
                .setCiLow(interval.low())
                .setCiHigh(interval.high())
                .build();
    }

    private Path table(InvarianceResult result) throws IOException {
        Path file = directory.resolve("invariance.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("operation,layer,point,depth,subset,images,f,f_low,f_high,g,g_low,g_high\n");
            for (OperationInvariance operation : result.getOperationsList()) {
                for (LayerInvariance layer : operation.getLayersList()) {
                    for (SubsetInvariance subset : layer.getSubsetsList()) {
                        out.write("%s,%s,%s,%d,%s,%d,%s,%s\n".formatted(
                                operation.getOperation(), layer.getLayer(), layer.getPoint(), layer.getDepth(), subset.getSubset(),
                                subset.getImages(), columns(subset.getF()), columns(subset.getG())));
                    }
                }
            }
        }
        return file;
    }

    private static String columns(MeanInterval interval) {
        return "%s,%s,%s".formatted(interval.getMean(), interval.getCiLow(), interval.getCiHigh());
    }

    private Path arrays(double[][] f, double[][] g) throws IOException {
        long[] shape = {operations.size(), layers.size(), ids.length};
        try (ArrayFile file = new ArrayFile()) {
            return file.put("distance_f", flat(f), shape)
                    .put("distance_g", flat(g), shape)
                    .put("image", Arrays.stream(ids).asLongStream().toArray(), ids.length)
                    .write(
                            directory.resolve("invariance.safetensors"),
                            Map.of(
                                    "operations", String.join(",", operations),
                                    "layers", String.join(",", layers.stream().map(MeasuredLayer::layer).toList())));
        }
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
