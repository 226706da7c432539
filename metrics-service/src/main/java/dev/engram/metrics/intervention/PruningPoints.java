package dev.engram.metrics.intervention;

import dev.engram.encoders.statistics.TrialInterval;
import dev.engram.v1.ProbedSplit;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult.Point;
import dev.engram.v1.PruningResult.Trial;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The points of pruning curves: means over the trials of one share. A share of 0 is on every curve. */
final class PruningPoints {
    private PruningPoints() {}

    /** @param splits in the order of each trial's probes */
    static List<Point> of(PruningSpec spec, List<String> splits, List<Trial> trials) {
        List<Point> points = new ArrayList<>();
        for (int split = 0; split < splits.size(); split++) {
            for (UnitPool pool : PruningRules.pools(spec)) {
                for (By strategy : PruningRules.strategies(spec)) {
                    for (double share : PruningRules.shares(spec)) {
                        List<Trial> own = trials.stream()
                                .filter(trial -> trial.getShare() == share)
                                .filter(trial -> share == 0 || trial.getStrategy() == strategy && trial.getPool() == pool)
                                .toList();
                        points.add(point(splits.get(split), split, own)
                                .setStrategy(strategy).setPool(pool).setShare(share).build());
                    }
                }
            }
        }
        return points;
    }

    private static Point.Builder point(String name, int split, List<Trial> trials) {
        return Point.newBuilder()
                .setSplit(name)
                .setPruned(trials.stream().mapToInt(Trial::getPruned).average().orElseThrow())
                .setLinear(mean(trials, split, ProbedSplit::getLinear))
                .setKnn(mean(trials, split, ProbedSplit::getKnn));
    }

    private static TrialMean mean(List<Trial> trials, int split, ToDoubleFunction<ProbedSplit> accuracy) {
        TrialInterval interval = TrialInterval.of(
                trials.stream().map(trial -> accuracy.applyAsDouble(trial.getProbes(split))).toList());
        return TrialMean.newBuilder()
                .setTrials(interval.trials())
                .setMean(interval.mean())
                .setDeviation(interval.deviation())
                .setLow(interval.low())
                .setHigh(interval.high())
                .build();
    }
}
