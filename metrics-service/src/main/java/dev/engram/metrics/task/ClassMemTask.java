package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.classmem.ClassActivations;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** ClassMem on an encoder's training images and ClassSelectivity on external points, every unit of every layer in one pass. */
public final class ClassMemTask extends ShardableTask<ClassMemMeasure> {

    public ClassMemTask() {
        this(System::nanoTime);
    }

    ClassMemTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.CLASS_MEM;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        MeasureRules.check(spec.getClassMem(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return List.of(spec.getClassMem().getPair());
    }

    @Override
    int shards(RunSpec spec) {
        return spec.getClassMem().getShards();
    }

    @Override
    MeasureShardSpec.Builder shard(RunSpec spec) {
        return MeasureShardSpec.newBuilder().setClassMem(spec.getClassMem());
    }

    @Override
    void open(RunContext run, RunSpec runSpec, Opened<? super ClassMemMeasure> opened) throws IOException {
        ClassMemSpec spec = runSpec.getClassMem();
        PairFiles files = PairFiles.open(run, spec.getPair());
        int[] training = MeasuredImages.ofTraining(files.split(), spec.getReference(), spec.getMaxImages(), spec.getSeed())
                .indices();
        int[] external = MeasuredImages.ofExternal(files.split(), spec.getMaxImages(), spec.getSeed()).indices();
        requireClasses(files.images(), training, "training images");
        requireClasses(files.images(), external, "external points");
        int views = Math.max(1, spec.getViews());
        try (TrainedEncoder encoder = spec.getReference() ? files.reference() : files.candidate();
                SeenImages seen = seen(files, encoder, spec);
                UnitMeans means = new UnitMeans(encoder.encoder(), views, UnitMemTask.sign(spec.getSign()))) {
            requireMemory(means, files.images().classNames().size());
            int[] both = IntStream.concat(IntStream.of(training), IntStream.of(external)).toArray();
            BitSet isExternal = new BitSet();
            IntStream.of(external).forEach(isExternal::set);
            ImageBlocks blocks = ImageBlocks.of(both, views, encoder.encoder());
            opened.accept(new ClassMemMeasure(run, encoder.state(), means, seen, isExternal, blocks, spec.getViews()));
        }
    }

    private static SeenImages seen(PairFiles files, TrainedEncoder encoder, ClassMemSpec spec) {
        return spec.getViews() == 0
                ? SeenImages.plain(files.images(), encoder)
                : SeenImages.augmented(files.views(encoder, spec.getAugmentation(), spec.getSeed()), spec.getViews());
    }

    private static void requireClasses(ImageSet images, int[] indices, String what) {
        long classes = IntStream.of(images.labels(indices)).distinct().count();
        if (classes < 2) {
            throw RunFailure.invalidSpec(
                    "spec.max_images: the %s measured are of %d class; ClassMem compares a class with others".formatted(what, classes));
        }
    }

    private static void requireMemory(UnitMeans means, int classes) {
        long units = means.layers().stream().mapToLong(UnitLayer::units).sum();
        long needed = 2 * ClassActivations.bytes(units, classes);
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (needed > most) {
            throw new RunFailure(
                    RunError.Category.RESOURCE_EXHAUSTED,
                    "%d units of %d classes need %d MiB of exact sums, and a worker has %d MiB for it; give workers more (engram.worker.heap)"
                            .formatted(units, classes, needed >> 20, most >> 20),
                    0,
                    false);
        }
    }
}
