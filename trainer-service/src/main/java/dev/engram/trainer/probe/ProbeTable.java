package dev.engram.trainer.probe;

import dev.engram.encoders.eval.ProbeAccuracy;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What probes found, as {@code result.json} and as a table. */
final class ProbeTable {
    static final String CSV = "probe.csv";

    private ProbeTable() {}

    /** One encoder's accuracies at one layer, whose features are {@code width} long. */
    record Row(
            String encoder,
            String layer,
            int width,
            ProbeAccuracy linear,
            ProbeAccuracy linearTraining,
            ProbeAccuracy knn) {}

    static ProbeResult result(List<Row> rows, int k, int trainingImages, int heldOutImages, int classes) {
        ProbeResult.Builder result = ProbeResult.newBuilder()
                .setK(k)
                .setTrainImages(trainingImages)
                .setTestImages(heldOutImages)
                .setClasses(classes);
        for (Row row : rows) {
            result.addAccuracies(ProbeResult.Accuracy.newBuilder()
                    .setEncoder(row.encoder())
                    .setLayer(row.layer())
                    .setWidth(row.width())
                    .setLinear(row.linear().accuracy())
                    .setLinearTrain(row.linearTraining().accuracy())
                    .setKnn(row.knn().accuracy()));
        }
        return result.build();
    }

    static Map<String, Path> write(ProbeResult result, List<Row> rows, Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("encoder,layer,width,probe,images,correct,total,accuracy\n");
        for (Row row : rows) {
            line(csv, row, "linear,held-out", row.linear());
            line(csv, row, "linear,training", row.linearTraining());
            line(csv, row, "knn,held-out", row.knn());
        }
        return Map.of(
                SummaryFile.RESULT, SummaryFile.write(result, directory, SummaryFile.RESULT),
                CSV, Files.writeString(directory.resolve(CSV), csv));
    }

    private static void line(StringBuilder csv, Row row, String probe, ProbeAccuracy accuracy) {
        csv.append(row.encoder()).append(',').append(row.layer()).append(',').append(row.width()).append(',').append(probe).append(',').append(accuracy.correct()).append(',')
                .append(accuracy.total()).append(',').append(accuracy.accuracy()).append('\n');
    }
}
