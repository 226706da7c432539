package dev.engram.metrics.task;

import dev.engram.encoders.data.SplitSizes;
import dev.engram.testing.InterruptionContract;
import dev.engram.testing.Laptop;
import dev.engram.testing.LaptopSettings;
import dev.engram.testing.PastRuns;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.Replicate;
import dev.engram.v1.ReplicatesSpec;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest extends InterruptionContract {
    @TempDir
    static Path folder;

    private Laptop laptop;

    @BeforeAll
    void start() throws Exception {
        TinyPair pair = new TinyPair(folder.resolve("pair"), 1, 2, new SplitSizes(60, 40, 40, 40, 40));
        laptop = new Laptop(folder.resolve("home"), LaptopSettings.standard().withSlots(2));
        new PastRuns(laptop.store()).pair(TinyPair.PAIR, 40, pair::folder);
        for (int seed = 1; seed <= 2; seed++) {
            laptop.submit("seed-" + seed, RunSpec.newBuilder().setLayerMem(few(seed)).build());
        }
        for (int seed = 1; seed <= 2; seed++) {
            laptop.await("seed-" + seed, State.SUCCEEDED);
        }
    }

    private static LayerMemSpec few(int seed) {
        return LayerMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).setViews(2).setMaxImages(4).setSeed(seed).build();
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Override
    protected Laptop laptop() {
        return laptop;
    }

    @Override
    protected Stream<Kind> kinds() {
        LayerMemSpec layers = LayerMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).build();
        UnitMemSpec units = UnitMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).build();
        ClassMemSpec classes = ClassMemSpec.newBuilder().setPair(TinyPair.PAIR.name()).setViews(10).build();
        CkaSpec similarity = CkaSpec.newBuilder()
                .setFirst(TinyPair.PAIR.candidate())
                .setSecond(TinyPair.PAIR.reference())
                .setDataset(TinyPair.PAIR.dataset())
                .setBatchSize(32)
                .build();
        MeasureShardSpec shard = MeasureShardSpec.newBuilder()
                .setUnitMem(units.toBuilder().setShards(2).setViews(40))
                .setShard(1)
                .build();
        EditEncoderSpec edit = EditEncoderSpec.newBuilder()
                .setSource(TinyPair.PAIR.candidate())
                .setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.RANDOM).setShare(0.1))
                .build();
        InvarianceSpec invariance = InvarianceSpec.newBuilder().setPair(TinyPair.PAIR.name()).build();
        MeasuresSpec pass = MeasuresSpec.newBuilder()
                .setPair(TinyPair.PAIR.name())
                .setViews(4)
                .addMeasures(PassMeasure.newBuilder().setLayerMem(LayerMemSpec.getDefaultInstance()))
                .addMeasures(PassMeasure.newBuilder().setUnitMem(UnitMemSpec.getDefaultInstance()))
                .build();
        ReplicatesSpec replicates = ReplicatesSpec.newBuilder()
                .addReplicates(Replicate.newBuilder().setSeed(1).setLayerMem("runs/seed-1"))
                .addReplicates(Replicate.newBuilder().setSeed(2).setLayerMem("runs/seed-2"))
                .build();
        PruningSpec pruning = PruningSpec.newBuilder()
                .setSource(TinyPair.PAIR.candidate())
                .addStrategies(PruneUnits.By.RANDOM)
                .addShares(0.2)
                .setTrials(12)
                .addSplits(TinyPair.PAIR.split())
                .build();
        ExchangeSpec exchange = ExchangeSpec.newBuilder()
                .setSource(TinyPair.PAIR.candidate())
                .setOther(TinyPair.PAIR.reference())
                .setSourceSplit(TinyPair.PAIR.split())
                .setOtherSplit(TinyPair.PAIR.split())
                .addLayers("layer2.conv")
                .build();
        return Stream.of(
                new Kind(RunSpec.newBuilder().setReplicates(replicates).build(), "result", Middle.HELD),
                new Kind(RunSpec.newBuilder().setPruning(pruning).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setExchange(exchange).build(), "result", Middle.HELD),
                new Kind(RunSpec.newBuilder().setEditEncoder(edit).build(), "checkpoint", Middle.HELD),
                new Kind(RunSpec.newBuilder().setCka(similarity).build(), "result", Middle.HELD),
                new Kind(RunSpec.newBuilder().setClassMem(classes).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setInvariance(invariance).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setMeasures(pass).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setMeasureShard(shard).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setLayerMem(layers).build(), "result", Middle.COUNTED),
                new Kind(RunSpec.newBuilder().setUnitMem(units).build(), "result", Middle.COUNTED));
    }
}
