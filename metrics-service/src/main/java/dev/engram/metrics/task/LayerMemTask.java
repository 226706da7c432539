package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.LayerDistances;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.function.LongSupplier;

/** SSLMem and LayerMem of a pair: f and g see the same views, every layer is measured in one pass each. */
public final class LayerMemTask extends ViewsTask<LayerMemMeasure> {

    public LayerMemTask() {
        this(System::nanoTime);
    }

    LayerMemTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.LAYER_MEM;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        MeasureRules.check(spec.getLayerMem(), violations);
    }

    @Override
    String pair(RunSpec spec) {
        return spec.getLayerMem().getPair();
    }

    @Override
    AskedViews views(RunSpec spec) {
        return AskedViews.of(spec.getLayerMem());
    }

    @Override
    String pass(RunSpec spec) {
        return spec.getLayerMem().getPass();
    }

    @Override
    int shards(RunSpec spec) {
        return spec.getLayerMem().getShards();
    }

    @Override
    MeasureShardSpec.Builder shard(RunSpec spec) {
        return MeasureShardSpec.newBuilder().setLayerMem(spec.getLayerMem());
    }

    @Override
    void open(RunContext run, PairFiles files, RunSpec runSpec, Opened<? super LayerMemMeasure> opened) throws IOException {
        LayerMemSpec spec = runSpec.getLayerMem();
        TrainedEncoder candidate = files.candidate();
        int views = MeasureRules.views(spec.getViews());
        boolean original = MeasureRules.againstOriginal(spec);
        int together = original ? 1 + views : views;
        var options = new LayerDistances.Options(together, distance(spec.getDistance()), spec.getPooled(), spec.getRaw(), original);
        try (LayerDistances distances = new LayerDistances(candidate.encoder(), options);
                SeenImages seen = seen(files, candidate, spec)) {
            MeasuredImages images = MeasuredImages.ofSplit(files.split(), spec.getMaxImages(), spec.getSeed());
            opened.accept(new LayerMemMeasure(
                    run,
                    seen,
                    distances,
                    candidate.state(),
                    files.reference().state(),
                    images,
                    images.blocks(together, candidate.encoder()),
                    views,
                    original ? LayerMemSpec.Compared.ORIGINAL : LayerMemSpec.Compared.VIEWS,
                    byRange(run, spec),
                    spec.getSeed()));
        }
    }

    private static SeenImages seen(PairFiles files, TrainedEncoder encoder, LayerMemSpec spec) throws IOException {
        AugmentedViews source = files.views(encoder, AskedViews.of(spec), spec.getSeed());
        int views = MeasureRules.views(spec.getViews());
        return MeasureRules.againstOriginal(spec) ? SeenImages.besides(source, encoder, views) : SeenImages.augmented(source, views);
    }

    private static boolean byRange(RunContext run, LayerMemSpec spec) {
        boolean byRange = spec.getNormalization() == LayerMemSpec.Normalization.RANGE;
        if (byRange) {
            run.log(
                    LogEntry.Severity.WARNING,
                    "scores are divided by the range of this run's images at each layer: compare them with no other run, and with no figure made by Eq. 2");
        }
        return byRange;
    }

    static ViewDistance distance(Distance distance) {
        return switch (distance) {
            case DISTANCE_UNSPECIFIED, L2 -> ViewDistance.L2;
            case L1 -> ViewDistance.L1;
            case COSINE -> ViewDistance.COSINE;
            case ANGULAR -> ViewDistance.ANGULAR;
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec.distance: is not known");
        };
    }
}
