package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
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
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** ClassMem on an encoder's training images and ClassSelectivity on external points, every unit of every layer in one pass. */
public final class ClassMemTask extends ViewsTask<ClassMemMeasure> {

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
    String pair(RunSpec spec) {
        return spec.getClassMem().getPair();
    }

    @Override
    AskedViews views(RunSpec spec) {
        return AskedViews.of(spec.getClassMem());
    }

    @Override
    String pass(RunSpec spec) {
        return spec.getClassMem().getPass();
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
    void open(RunContext run, PairFiles files, RunSpec runSpec, Opened<? super ClassMemMeasure> opened) throws IOException {
        ClassMemSpec spec = runSpec.getClassMem();
        MeasuredImages training =
                MeasuredImages.ofTraining(files.split(), spec.getReference(), spec.getMaxImages(), spec.getSeed());
        MeasuredImages images = training.withExternal(files.split(), spec.getMaxImages(), spec.getSeed());
        int[] external = images.of(Part.EXTERNAL);
        requireClasses(files.images(), training.indices(), "training images");
        requireClasses(files.images(), external, "external points");
        int views = Math.max(1, spec.getViews());
        TrainedEncoder encoder = spec.getReference() ? files.reference() : files.candidate();
        try (SeenImages seen = seen(files, encoder, spec);
                UnitMeans means = new UnitMeans(encoder.encoder(), views, UnitMemTask.sign(spec.getSign()))) {
            requireMemory(means, files.images().classNames().size());
            BitSet isExternal = new BitSet();
            IntStream.of(external).forEach(isExternal::set);
            ImageBlocks blocks = images.blocks(views, encoder.encoder());
            opened.accept(new ClassMemMeasure(run, encoder.state(), means, seen, images, isExternal, blocks, spec.getViews()));
        }
    }

    private static SeenImages seen(PairFiles files, TrainedEncoder encoder, ClassMemSpec spec) throws IOException {
        return spec.getViews() == 0
                ? SeenImages.plain(files.images(), encoder)
                : SeenImages.augmented(files.views(encoder, AskedViews.of(spec), spec.getSeed()), spec.getViews());
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
