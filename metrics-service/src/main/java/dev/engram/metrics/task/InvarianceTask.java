package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.ViewRecipe;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.AugmentationOperation;
import dev.engram.metrics.measure.OperationDistances;
import dev.engram.runs.RunContext;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Invariance of f and g to each operation of an augmentation by itself, every layer in one pass each (invariances of features as in S. Shekhar,
 * F. Bordes, P. Vincent, A. Morcos, "Objectives Matter", 2023, <a href="https://arxiv.org/abs/2304.13089">arXiv 2304.13089</a>).
 *
 * <p>Cost: for each operation and encoder one forward pass of the image and one of each draw.
 */
public final class InvarianceTask extends ShardableTask<InvarianceMeasure> {

    public InvarianceTask() {
        this(System::nanoTime);
    }

    InvarianceTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.INVARIANCE;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        InvarianceRules.check(spec.getInvariance(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return Stream.concat(Stream.of(spec.getInvariance().getPair()), AskedViews.of(spec.getInvariance()).pair().stream()).distinct().toList();
    }

    @Override
    int shards(RunSpec spec) {
        return spec.getInvariance().getShards();
    }

    @Override
    MeasureShardSpec.Builder shard(RunSpec spec) {
        return MeasureShardSpec.newBuilder().setInvariance(spec.getInvariance());
    }

    @Override
    void open(RunContext run, RunSpec runSpec, Opened<? super InvarianceMeasure> opened) throws IOException {
        InvarianceSpec spec = runSpec.getInvariance();
        int draws = InvarianceRules.draws(spec);
        try (PairFiles files = PairFiles.open(run, spec.getPair());
                OperationDistances distances = new OperationDistances(files.candidate().encoder(), draws, spec.getPooled());
                Views views = Views.of(files, files.candidate(), spec)) {
            MeasuredImages images = MeasuredImages.ofSplit(files.split(), spec.getMaxImages(), spec.getSeed());
            opened.accept(new InvarianceMeasure(
                    run,
                    views.plain(),
                    views.operations(),
                    distances,
                    files.candidate().state(),
                    files.reference().state(),
                    images,
                    images.blocks(draws + 1, files.candidate().encoder()),
                    draws,
                    spec.getPooled(),
                    spec.getSeed()));
        }
    }

    /** Images as they are, and after each operation. */
    private record Views(AugmentedViews plain, Map<String, AugmentedViews> operations) implements AutoCloseable {
        static Views of(PairFiles files, TrainedEncoder encoder, InvarianceSpec spec) throws IOException {
            AugmentationRecipe augmentation = files.augmentation(encoder, AskedViews.of(spec));
            Map<String, AugmentedViews> operations = new LinkedHashMap<>();
            for (AugmentationOperation operation : AugmentationOperation.of(augmentation)) {
                operations.put(operation.name(), views(files, encoder, operation.recipe(), augmentation, spec.getSeed()));
            }
            return new Views(views(files, encoder, ViewRecipe.PLAIN, augmentation, spec.getSeed()), operations);
        }

        private static AugmentedViews views(
                PairFiles files, TrainedEncoder encoder, ViewRecipe recipe, AugmentationRecipe augmentation, long seed) {
            AugmentationRecipe alone = AugmentationRecipe.pair("alone", "", recipe, augmentation.normalization());
            return new AugmentedViews(files.images(), alone, encoder.identity().side(), seed, "invariance");
        }

        @Override
        public void close() {
            plain.close();
            operations.values().forEach(AugmentedViews::close);
        }
    }
}
