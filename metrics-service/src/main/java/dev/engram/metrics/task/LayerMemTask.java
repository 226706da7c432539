package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.LayerDistances;
import dev.engram.metrics.statistics.Bootstrap;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** SSLMem and LayerMem of a pair: f and g see the same views, every layer is measured in one pass each. */
public final class LayerMemTask implements RunTask {
    private static final int RESAMPLES = 2000;

    private final LongSupplier nanoTime;

    public LayerMemTask() {
        this(System::nanoTime);
    }

    /** @param nanoTime tells when a resume point is due */
    LayerMemTask(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
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
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getLayerMem().getPair());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        LayerMemSpec spec = run.spec().getLayerMem();
        run.progress("reading the pair", 0, 0, "image", Map.of());
        PairFiles files = PairFiles.open(run, spec.getPair());
        run.checkStop();
        MeasuredImages images = MeasuredImages.ofSplit(files.split(), spec.getMaxImages(), spec.getSeed());
        int views = MeasureRules.views(spec.getViews());
        var options = new LayerDistances.Options(views, distance(spec.getDistance()), spec.getPooled(), spec.getRaw());
        try (TrainedEncoder candidate = files.candidate();
                TrainedEncoder reference = files.reference();
                LayerDistances distances = new LayerDistances(candidate.encoder(), options);
                AugmentedViews source = files.views(candidate, spec.getAugmentation(), spec.getSeed())) {
            ImageBlocks blocks = ImageBlocks.of(images.indices(), views, candidate.encoder());
            Measurement measurement =
                    new Measurement(run, nanoTime, source, distances, candidate.state(), reference.state(), views);
            DistanceStore store = measurement.of(blocks);
            SslMemTable table = new SslMemTable(
                    distances.layers(),
                    files.images().ids(images.indices()),
                    images.subsets(),
                    store.candidate,
                    store.reference);
            run.progress("resampling", images.indices().length, images.indices().length, "image", Map.of());
            LayerMem result = LayerMem.of(table, new Bootstrap(spec.getSeed(), RESAMPLES));
            run.publish("result", "layer-mem", new LayerMemFiles(run.scratch()).write(table, result, views));
        }
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

    /** The pass over all images. */
    private record Measurement(
            RunContext run,
            LongSupplier nanoTime,
            AugmentedViews source,
            LayerDistances distances,
            StateDict candidate,
            StateDict reference,
            int views) {

        DistanceStore of(ImageBlocks blocks) throws IOException {
            DistanceStore store = new DistanceStore(distances.layers(), blocks.images());
            SavePoints savePoints = new SavePoints(run, nanoTime);
            int from = savePoints.resume(store);
            try (BlockPass pass = new BlockPass(run.threads())) {
                pass.run(blocks, from, this::measure, (block, found) -> {
                    store.add(found.candidate, found.reference);
                    run.progress("measuring layers", store.done(), blocks.images(), "image", Map.of());
                    savePoints.after(store.done(), store);
                });
            }
            return store;
        }

        private Distances measure(int[] block) {
            try (Scope scope = Scope.open()) {
                Tensor seen = source.views(scope, block, 0, 0, views);
                return new Distances(distances.of(candidate, seen), distances.of(reference, seen));
            }
        }
    }

    /** Mean distances of a block's images, {@code [L][B]}, in both encoders. */
    private record Distances(double[][] candidate, double[][] reference) {}
}
