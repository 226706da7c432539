package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.Sign;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.unitmem.MeansTable;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * UnitMem of every unit of an encoder on its training images, and of the same network with the weights its training began
 * with on the same views: the null baseline without which the numbers say little.
 */
public final class UnitMemTask implements RunTask {

    private final LongSupplier nanoTime;

    public UnitMemTask() {
        this(System::nanoTime);
    }

    /** @param nanoTime tells when a resume point is due */
    UnitMemTask(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
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
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getUnitMem().getPair());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        UnitMemSpec spec = run.spec().getUnitMem();
        run.progress("reading the pair", 0, 0, "image", Map.of());
        PairFiles files = PairFiles.open(run, spec.getPair());
        run.checkStop();
        int[] indices = MeasuredImages.ofTraining(
                        files.split(), spec.getReference(), spec.getMaxImages(), spec.getSeed())
                .indices();
        int views = MeasureRules.views(spec.getViews());
        try (TrainedEncoder trained = spec.getReference() ? files.reference() : files.candidate();
                StateDict untrained = StateLayout.of(trained.encoder()).initialState(trained.identity().baselineSeed());
                UnitMeans means = new UnitMeans(trained.encoder(), views, sign(spec.getSign()));
                AugmentedViews source = files.views(trained, spec.getAugmentation(), spec.getSeed())) {
            requireMemory(spec, means, indices.length);
            Measurement measurement = new Measurement(run, nanoTime, source, means, trained.state(), untrained, views);
            Stores stores = measurement.of(ImageBlocks.of(indices, views, trained.encoder()), spec);
            run.publish(
                    "result",
                    "unit-mem",
                    new UnitMemFiles(run.scratch(), means.layers())
                            .write(stores.trained(), stores.untrained(), indices.length, views, others(spec)));
        }
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

    /** The states of both encoders, saved together. */
    private record Stores(UnitStore trained, UnitStore untrained) implements SavePoints.State {
        @Override
        public void write(DataOutputStream out) throws IOException {
            trained.write(out);
            untrained.write(out);
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            trained.read(in);
            untrained.read(in);
        }
    }

    /** The pass over all images. */
    private record Measurement(
            RunContext run, LongSupplier nanoTime, AugmentedViews source, UnitMeans means, StateDict trained, StateDict untrained, int views) {

        Stores of(ImageBlocks blocks, UnitMemSpec spec) throws IOException {
            int top = MeasureRules.topImages(spec.getTopImages());
            boolean median = others(spec) == UnitMemSpec.Others.MEDIAN;
            Stores stores = new Stores(
                    new UnitStore(means.layers(), top, median, blocks.images()),
                    new UnitStore(means.layers(), top, median, blocks.images()));
            SavePoints savePoints = new SavePoints(run, nanoTime);
            int from = savePoints.resume(stores);
            try (BlockPass pass = new BlockPass(run.threads())) {
                pass.run(blocks, from, this::measure, (block, found) -> {
                    int[] ids = source.images().ids(block);
                    stores.trained().add(ids, found.trained);
                    stores.untrained().add(ids, found.untrained);
                    int done = stores.trained().images();
                    run.progress("measuring units", done, blocks.images(), "image", Map.of());
                    savePoints.after(done, stores);
                });
            }
            return stores;
        }

        private Means measure(int[] block) {
            try (Scope scope = Scope.open()) {
                Tensor seen = source.views(scope, block, 0, 0, views);
                return new Means(means.of(trained, seen), means.of(untrained, seen));
            }
        }
    }

    /** Mean activations of a block's images, for each layer {@code [B · units]}, in both encoders. */
    private record Means(List<float[]> trained, List<float[]> untrained) {}
}
