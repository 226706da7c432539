package dev.engram.metrics.intervention;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.UnitPool;
import java.util.HashSet;
import java.util.List;

/** What the spec of a pruning curve must be, and what it means where it says nothing. */
final class PruningRules {
    private static final List<By> STRATEGIES = List.of(By.HIGHEST, By.LOWEST, By.RANDOM);
    private static final List<Double> SHARES = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5);
    private static final int DEFAULT_TRIALS = 10;
    private static final int MOST_TRIALS = 100;
    private static final int MOST_VARIANTS = 2000;

    private PruningRules() {}

    /** Reports every problem of a spec. */
    static void check(PruningSpec spec, FieldViolations violations) {
        EditRules.requireName("encoders", spec.getSource(), "spec.source", violations);
        if (strategies(spec).stream().anyMatch(by -> by != By.RANDOM)) {
            EditRules.requireName("runs", spec.getUnitMem(), "spec.unit_mem", violations);
        } else {
            violations.require(spec.getUnitMem().isEmpty(), "spec.unit_mem", "must be empty where units are only drawn at random");
        }
        for (int i = 0; i < spec.getStrategiesCount(); i++) {
            By by = spec.getStrategies(i);
            violations.require(
                    STRATEGIES.contains(by) && spec.getStrategiesList().indexOf(by) == i,
                    "spec.strategies[%d]".formatted(i),
                    "must be HIGHEST, LOWEST or RANDOM, each once, is " + spec.getStrategiesValue(i));
        }
        for (int i = 0; i < spec.getPoolsCount(); i++) {
            UnitPool pool = spec.getPools(i);
            violations.require(
                    (pool == UnitPool.UNIT_POOL_PER_LAYER || pool == UnitPool.UNIT_POOL_TOTAL) && spec.getPoolsList().indexOf(pool) == i,
                    "spec.pools[%d]".formatted(i),
                    "must be UNIT_POOL_PER_LAYER or UNIT_POOL_TOTAL, each once, is " + spec.getPoolsValue(i));
        }
        checkShares(spec, violations);
        violations.require(
                spec.getTrials() >= 0 && spec.getTrials() <= MOST_TRIALS,
                "spec.trials",
                "must be 1 to %d, or 0 for %d, is %d".formatted(MOST_TRIALS, DEFAULT_TRIALS, spec.getTrials()));
        EditRules.checkLayers(spec.getLayersList(), "spec.layers", violations);
        for (int i = 0; i < spec.getSplitsCount(); i++) {
            String field = "spec.splits[%d]".formatted(i);
            EditRules.requireName("splits", spec.getSplits(i), field, violations);
            violations.require(spec.getSplitsList().indexOf(spec.getSplits(i)) == i, field, spec.getSplits(i) + " is named twice");
        }
        violations.require(spec.getK() >= 0, "spec.k", "must be at least 1, or 0 for the default, is " + spec.getK());
        if (violations.isEmpty()) {
            int variants = PruningVariant.of(spec).size();
            violations.require(
                    variants <= MOST_VARIANTS, "spec.shares", "with %d encoders to probe there are more than %d".formatted(variants, MOST_VARIANTS));
        }
    }

    private static void checkShares(PruningSpec spec, FieldViolations violations) {
        HashSet<Double> seen = new HashSet<>();
        for (int i = 0; i < spec.getSharesCount(); i++) {
            double share = spec.getShares(i);
            String field = "spec.shares[%d]".formatted(i);
            violations.require(share >= 0 && share <= 1, field, "must be in [0, 1], is " + share);
            violations.require(seen.add(share + 0.0), field, share + " is named twice");
        }
    }

    static List<By> strategies(PruningSpec spec) {
        return spec.getStrategiesCount() == 0 ? STRATEGIES : spec.getStrategiesList();
    }

    static List<UnitPool> pools(PruningSpec spec) {
        return spec.getPoolsCount() == 0 ? List.of(UnitPool.UNIT_POOL_PER_LAYER) : spec.getPoolsList();
    }

    /** Ascending. */
    static List<Double> shares(PruningSpec spec) {
        return (spec.getSharesCount() == 0 ? SHARES : spec.getSharesList()).stream().sorted().toList();
    }

    static int trials(PruningSpec spec) {
        return spec.getTrials() == 0 ? DEFAULT_TRIALS : spec.getTrials();
    }
}
