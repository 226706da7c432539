package dev.engram.metrics.intervention;

import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.UnitPool;
import java.util.ArrayList;
import java.util.List;

/**
 * One pruned encoder of a curve.
 *
 * @param strategy unspecified for a share of 0, which is the same whatever the strategy
 * @param pool likewise
 * @param seed of a random draw, else 0
 */
record PruningVariant(By strategy, UnitPool pool, double share, long seed) {

    /** All of a spec, in the order in which they are probed: the encoder as it is first. */
    static List<PruningVariant> of(PruningSpec spec) {
        List<PruningVariant> variants = new ArrayList<>();
        if (PruningRules.shares(spec).contains(0.0)) {
            variants.add(new PruningVariant(By.BY_UNSPECIFIED, UnitPool.UNIT_POOL_UNSPECIFIED, 0, 0));
        }
        for (UnitPool pool : PruningRules.pools(spec)) {
            for (By strategy : PruningRules.strategies(spec)) {
                for (double share : PruningRules.shares(spec)) {
                    int trials = share == 0 ? 0 : strategy == By.RANDOM ? PruningRules.trials(spec) : 1;
                    for (int trial = 0; trial < trials; trial++) {
                        variants.add(new PruningVariant(strategy, pool, share, strategy == By.RANDOM ? spec.getSeed() + trial : 0));
                    }
                }
            }
        }
        return List.copyOf(variants);
    }
}
