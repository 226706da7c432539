package dev.engram.metrics.replicates;

import dev.engram.metrics.task.ResultJson;
import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.SeedAgreement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a replicates artifact: {@code result.json}, {@code replicates.csv} (a row a number, its value of each seed at the end) and, of
 * LayerMems, {@code agreement.csv} (a row a layer).
 */
final class ReplicatesFiles {
    private ReplicatesFiles() {}

    static Map<String, Path> write(ReplicatesResult result, Path directory) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(ResultJson.FILE_NAME, ResultJson.write(result, directory));
        files.put("replicates.csv", figures(result, directory.resolve("replicates.csv")));
        if (result.getAgreementCount() > 0) {
            files.put("agreement.csv", agreement(result, directory.resolve("agreement.csv")));
        }
        return files;
    }

    private static Path figures(ReplicatesResult result, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("measure,layer,point,depth,quantity,mean,std,ci_low,ci_high,"
                    + result.getSeedsList().stream().map(seed -> "seed_" + seed).collect(Collectors.joining(",")) + "\n");
            for (ReplicatedFigure figure : result.getFiguresList()) {
                out.write(row(List.of(
                                figure.getMeasure(),
                                figure.getLayer(),
                                figure.getPoint(),
                                figure.getDepth(),
                                figure.getQuantity(),
                                figure.getMean(),
                                figure.getStd(),
                                figure.getCiLow(),
                                figure.getCiHigh()))
                        + "," + row(figure.getValuesList()) + "\n");
            }
        }
        return file;
    }

    private static Path agreement(ReplicatesResult result, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("layer,point,depth,images,top,overlap,overlap_min,overlap_max,tau,tau_min,tau_max\n");
            for (SeedAgreement layer : result.getAgreementList()) {
                out.write(row(List.of(
                                layer.getLayer(),
                                layer.getPoint(),
                                layer.getDepth(),
                                layer.getImages(),
                                layer.getTop(),
                                layer.getOverlap(),
                                layer.getOverlapMin(),
                                layer.getOverlapMax(),
                                layer.getTau(),
                                layer.getTauMin(),
                                layer.getTauMax()))
                        + "\n");
            }
        }
        return file;
    }

    private static String row(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
