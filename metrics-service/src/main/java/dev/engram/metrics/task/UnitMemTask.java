package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.Sign;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.unitmem.MeansTable;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * UnitMem of every unit of an encoder on its training images or those that are named, and of the same network with the weights its training began
 * with on the same views: the null baseline without which the numbers say little.
 */
public final class UnitMemTask extends ViewsTask<UnitMemMeasure> {

    public UnitMemTask() {
        this(System::nanoTime);
    }

    UnitMemTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.UNIT_MEM;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        MeasureRules.check(spec.getUnitMem(), violations);
    }

    @Override
    String pair(RunSpec spec) {
        return spec.getUnitMem().getPair();
    }

    @Override
    AskedViews views(RunSpec spec) {
        return AskedViews.of(spec.getUnitMem());
    }

    @Override
    String pass(RunSpec spec) {
        return spec.getUnitMem().getPass();
    }

    @Override
    int shards(RunSpec spec) {
        return spec.getUnitMem().getShards();
    }

    @Override
    MeasureShardSpec.Builder shard(RunSpec spec) {
        return MeasureShardSpec.newBuilder().setUnitMem(spec.getUnitMem());
    }

    @Override
    void open(RunContext run, PairFiles files, RunSpec runSpec, Opened<? super UnitMemMeasure> opened) throws IOException {
        UnitMemSpec spec = runSpec.getUnitMem();
        MeasuredImages images = measured(files, spec);
        TrainedEncoder trained = spec.getReference() ? files.reference() : files.candidate();
        try (StateDict untrained = StateLayout.of(trained.encoder()).initialState(trained.identity().baselineSeed());
                UnitMeans means = units(trained, spec);
                AugmentedViews source = files.views(trained, AskedViews.of(spec), spec.getSeed())) {
            ImageBlocks blocks = images.blocks(MeasureRules.views(spec.getViews()), trained.encoder());
            requireMemory(spec, means, blocks.images());
            opened.accept(new UnitMemMeasure(run, source, means, trained, untrained, images, blocks, spec));
        }
    }

    private static MeasuredImages measured(PairFiles files, UnitMemSpec spec) {
        return spec.getImageIdsCount() > 0
                ? MeasuredImages.named(files.images(), files.split(), spec.getImageIdsList(), spec.getSeed())
                : MeasuredImages.ofTraining(files.split(), spec.getReference(), spec.getMaxImages(), spec.getSeed());
    }

    private static UnitMeans units(TrainedEncoder encoder, UnitMemSpec spec) {
        boolean skipClassToken = spec.getTokens() == UnitMemSpec.Tokens.NO_CLASS_TOKEN;
        if (skipClassToken && !UnitMeans.hasClassToken(encoder.encoder())) {
            throw RunFailure.invalidSpec("spec.tokens: NO_CLASS_TOKEN, but " + encoder.encoder().name() + " has no class token");
        }
        return new UnitMeans(encoder.encoder(), MeasureRules.views(spec.getViews()), sign(spec.getSign()), skipClassToken);
    }

    static UnitMemSpec.Others others(UnitMemSpec spec) {
        return spec.getOthers() == UnitMemSpec.Others.MEDIAN ? UnitMemSpec.Others.MEDIAN : UnitMemSpec.Others.MEAN;
    }

    static Optional<Sign> sign(UnitMemSpec.Sign sign) {
        return switch (sign) {
            case SIGN_UNSPECIFIED -> Optional.empty();
            case SIGNED -> Optional.of(Sign.SIGNED);
            case ABSOLUTE -> Optional.of(Sign.ABSOLUTE);
            case RELU -> Optional.of(Sign.RELU);
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec.sign: is not known");
        };
    }

    private static void requireMemory(UnitMemSpec spec, UnitMeans means, int images) {
        long needed = 2 * MeansTable.bytes(images, UnitStore.units(means.layers()));
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (others(spec) == UnitMemSpec.Others.MEDIAN && needed > most) {
            throw new RunFailure(
                    RunError.Category.RESOURCE_EXHAUSTED,
                    "spec.others: the median keeps every mean of every image, %d MiB, and a worker has %d MiB for it; use MEAN, or lower max_images"
                            .formatted(needed >> 20, most >> 20),
                    0,
                    false);
        }
    }
}
