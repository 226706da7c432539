package dev.engram.metrics.intervention;

import dev.engram.metrics.task.ResultJson;
import dev.engram.v1.ProbedSplit;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The files of a pruning curve: {@code result.json}, {@code pruning.csv} (a row a point) and {@code trials.csv} (a row a probe). */
final class PruningFiles {
    private PruningFiles() {}

    static Map<String, Path> write(PruningResult result, Path directory) throws IOException {
        return Map.of(
                ResultJson.FILE_NAME, ResultJson.write(result, directory),
                "pruning.csv", Files.writeString(directory.resolve("pruning.csv"), points(result)),
                "trials.csv", Files.writeString(directory.resolve("trials.csv"), trials(result)));
    }

    private static String points(PruningResult result) {
        StringBuilder csv = new StringBuilder("split,pool,strategy,share,pruned,probe,trials,mean,deviation,low,high\n");
        for (PruningResult.Point point : result.getPointsList()) {
            String curve = "%s,%s,%s,%s,%s".formatted(
                    point.getSplit(), word(point.getPool()), word(point.getStrategy()), point.getShare(), point.getPruned());
            csv.append(curve).append(",linear,").append(mean(point.getLinear())).append('\n');
            csv.append(curve).append(",knn,").append(mean(point.getKnn())).append('\n');
        }
        return csv.toString();
    }

    private static String mean(TrialMean mean) {
        return "%d,%s,%s,%s,%s".formatted(mean.getTrials(), mean.getMean(), mean.getDeviation(), mean.getLow(), mean.getHigh());
    }

    private static String trials(PruningResult result) {
        StringBuilder csv = new StringBuilder("pool,strategy,share,seed,pruned,spared,split,linear,linear_train,knn\n");
        for (PruningResult.Trial trial : result.getTrialsList()) {
            for (ProbedSplit probe : trial.getProbesList()) {
                csv.append("%s,%s,%s,%d,%d,%d,%s,%s,%s,%s\n".formatted(
                        word(trial.getPool()), word(trial.getStrategy()), trial.getShare(), trial.getSeed(), trial.getPruned(),
                        trial.getSpared(), probe.getSplit(), probe.getLinear(), probe.getLinearTrain(), probe.getKnn()));
            }
        }
        return csv.toString();
    }

    /** Empty for a share of 0. */
    private static String word(By strategy) {
        return strategy == By.BY_UNSPECIFIED ? "" : strategy.name().toLowerCase(Locale.ROOT);
    }

    private static String word(UnitPool pool) {
        return pool == UnitPool.UNIT_POOL_UNSPECIFIED ? "" : pool.name().replace("UNIT_POOL_", "").toLowerCase(Locale.ROOT);
    }
}
