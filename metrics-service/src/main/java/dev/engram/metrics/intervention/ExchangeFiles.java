package dev.engram.metrics.intervention;

import dev.engram.metrics.task.ResultJson;
import dev.engram.v1.ExchangeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files of an exchange sweep: {@code result.json} and {@code exchange.csv} (a row a set). */
final class ExchangeFiles {
    private ExchangeFiles() {}

    static Map<String, Path> write(ExchangeResult result, Path directory) throws IOException {
        StringBuilder csv = new StringBuilder(
                "size,layers,names,source_linear,source_linear_train,source_knn,other_linear,other_linear_train,other_knn,transfer\n");
        for (ExchangeResult.Set set : result.getSetsList()) {
            csv.append("%d,%s,%s,%s,%s,%s,%s,%s,%s,%s\n".formatted(
                    set.getLayersCount(), String.join(" ", set.getLayersList()), String.join("; ", set.getNamesList()),
                    set.getSource().getLinear(), set.getSource().getLinearTrain(), set.getSource().getKnn(),
                    set.getOther().getLinear(), set.getOther().getLinearTrain(), set.getOther().getKnn(), set.getTransfer()));
        }
        return Map.of(
                ResultJson.FILE_NAME, ResultJson.write(result, directory),
                "exchange.csv", Files.writeString(directory.resolve("exchange.csv"), csv));
    }
}
