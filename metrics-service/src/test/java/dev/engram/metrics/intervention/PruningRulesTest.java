package dev.engram.metrics.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitPool;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruningRulesTest {
    private static final PruningSpec GOOD = PruningSpec.newBuilder().setSource("encoders/x").setUnitMem("runs/u").build();

    /** Draws of one share are others; the same draws are made at every share, so that a curve's points differ in the share alone. */
    @Test
    void everyDrawHasASeedOfItsOwn() {
        PruningSpec spec = PruningSpec.newBuilder().addStrategies(PruneUnits.By.RANDOM).addShares(0.1).addShares(0.2).setTrials(3).setSeed(7).build();
        assertEquals(List.of(7L, 8L, 9L, 7L, 8L, 9L), PruningVariant.of(spec).stream().map(PruningVariant::seed).toList());
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertEquals(List.of("spec.source", "spec.unit_mem"), fields(PruningSpec.getDefaultInstance()));
        assertEquals(
                List.of("spec.strategies[1]", "spec.pools[0]", "spec.shares[0]", "spec.shares[2]", "spec.trials", "spec.layers[0]",
                        "spec.splits[0]", "spec.splits[2]", "spec.k"),
                fields(GOOD.toBuilder()
                        .addStrategies(By.HIGHEST).addStrategies(By.HIGHEST)
                        .addPools(UnitPool.UNIT_POOL_UNSPECIFIED)
                        .addShares(1.5).addShares(0.5).addShares(0.5)
                        .setTrials(101)
                        .addLayers("")
                        .addSplits("x").addSplits("splits/s").addSplits("splits/s")
                        .setK(-1)
                        .build()));
        assertEquals(List.of(), fields(GOOD));
        assertEquals(List.of(), fields(PruningSpec.newBuilder().setSource("encoders/x").addStrategies(By.RANDOM).build()));
        assertEquals(List.of("spec.unit_mem"), fields(GOOD.toBuilder().addStrategies(By.RANDOM).build()));
    }

    @Test
    void anUndemandingSpecIsFiveSharesOfEachStrategy() {
        assertEquals(1 + 5 + 5 + 5 * 10, PruningVariant.of(GOOD).size());
        PruningSpec table6 = GOOD.toBuilder()
                .addPools(UnitPool.UNIT_POOL_PER_LAYER).addPools(UnitPool.UNIT_POOL_TOTAL)
                .addShares(0).addShares(0.1).addShares(0.2).setSeed(40).build();
        List<PruningVariant> variants = PruningVariant.of(table6);
        assertEquals(1 + 2 * 2 * (1 + 1 + 10), variants.size());
        assertEquals(new PruningVariant(By.RANDOM, UnitPool.UNIT_POOL_TOTAL, 0.2, 49), variants.getLast());
    }

    private static List<String> fields(PruningSpec spec) {
        FieldViolations violations = new FieldViolations();
        new PruningTask().validate(RunSpec.newBuilder().setPruning(spec).build(), violations);
        return violations.list().stream().map(FieldViolation::getField).toList();
    }
}
