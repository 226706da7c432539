package dev.engram.trainer.probe;

import dev.engram.encoders.corrupt.Corruption;
import dev.engram.encoders.eval.ProbeAccuracy;
import dev.engram.encoders.eval.Sparsity;
import dev.engram.trainer.SummaryFile;
import dev.engram.v1.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What probes found, as {@code result.json} and as tables. */
final class ProbeTable {
    static final String CSV = "probe.csv";
    static final String STATISTICS = "features.csv";

    private ProbeTable() {}

    /** One encoder's accuracies at one layer, whose features are {@code width} long. */
    record Row(
            String encoder,
            String layer,
            int width,
            ProbeAccuracy linear,
            ProbeAccuracy linearTraining,
            ProbeAccuracy knn,
            Optional<Statistics> statistics) {}

    /** How the features of held-out images lie. */
    record Statistics(ProbeAccuracy binarized, double rankMe, Sparsity sparsity) {}

    /** One encoder's linear probe at one layer on corrupted images. */
    record Corrupted(String encoder, String layer, Corruption corruption, int severity, ProbeAccuracy linear) {}

    /** All of one encoder. */
    record Encoder(List<Row> rows, List<Corrupted> corrupted) {}

    static ProbeResult result(List<Encoder> encoders) {
        ProbeResult.Builder result = ProbeResult.newBuilder();
        for (Encoder encoder : encoders) {
            encoder.rows().forEach(row -> result.addAccuracies(message(row)));
            encoder.corrupted().forEach(row -> result.addCorrupted(ProbeResult.CorruptedAccuracy.newBuilder()
                    .setEncoder(row.encoder())
                    .setLayer(row.layer())
                    .setCorruption(row.corruption().id())
                    .setSeverity(row.severity())
                    .setLinear(row.linear().accuracy())));
        }
        return result.build();
    }

    private static ProbeResult.Accuracy message(Row row) {
        ProbeResult.Accuracy.Builder message = ProbeResult.Accuracy.newBuilder()
                .setEncoder(row.encoder())
                .setLayer(row.layer())
                .setWidth(row.width())
                .setLinear(row.linear().accuracy())
                .setLinearTrain(row.linearTraining().accuracy())
                .setKnn(row.knn().accuracy());
        row.statistics().ifPresent(statistics -> message.setLinearBinarized(statistics.binarized().accuracy())
                .setRankMe(statistics.rankMe())
                .setActive(statistics.sparsity().active())
                .setHalfZero(statistics.sparsity().halfZero()));
        return message.build();
    }

    static Map<String, Path> write(ProbeResult result, List<Encoder> encoders, Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("encoder,layer,width,probe,images,correct,total,accuracy\n");
        StringBuilder statistics = new StringBuilder("encoder,layer,width,rank_me,active,half_zero\n");
        for (Encoder encoder : encoders) {
            for (Row row : encoder.rows()) {
                String at = "%s,%s,%d".formatted(row.encoder(), row.layer(), row.width());
                line(csv, at + ",linear,held-out", row.linear());
                line(csv, at + ",linear,training", row.linearTraining());
                line(csv, at + ",knn,held-out", row.knn());
                row.statistics().ifPresent(of -> {
                    line(csv, at + ",linear-binarized,held-out", of.binarized());
                    statistics.append("%s,%s,%s,%s\n".formatted(at, of.rankMe(), of.sparsity().active(), of.sparsity().halfZero()));
                });
                encoder.corrupted().stream()
                        .filter(corrupted -> corrupted.layer().equals(row.layer()))
                        .forEach(corrupted -> line(
                                csv, at + ",linear," + corrupted.corruption().id() + "-" + corrupted.severity(), corrupted.linear()));
            }
        }
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(SummaryFile.RESULT, SummaryFile.write(result, directory, SummaryFile.RESULT));
        files.put(CSV, Files.writeString(directory.resolve(CSV), csv));
        if (encoders.stream().flatMap(encoder -> encoder.rows().stream()).anyMatch(row -> row.statistics().isPresent())) {
            files.put(STATISTICS, Files.writeString(directory.resolve(STATISTICS), statistics));
        }
        return files;
    }

    private static void line(StringBuilder csv, String of, ProbeAccuracy accuracy) {
        csv.append("%s,%d,%d,%s\n".formatted(of, accuracy.correct(), accuracy.total(), accuracy.accuracy()));
    }
}
