package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.classmem.ClassActivations;
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ClassMemSpec;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** ClassMem on an encoder's training images and ClassSelectivity on external points, every unit of every layer in one pass. */
public final class ClassMemTask implements RunTask {
    private final LongSupplier nanoTime;

    public ClassMemTask() {
        this(System::nanoTime);
    }

    /** @param nanoTime tells when a resume point is due */
    ClassMemTask(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
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
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        ClassMemSpec spec = run.spec().getClassMem();
        run.progress("reading the pair", 0, 0, "image", Map.of());
        PairFiles files = PairFiles.open(run, spec.getPair());
        run.checkStop();
        int[] training = MeasuredImages.ofTraining(files.split(), spec.getReference(), spec.getMaxImages(), spec.getSeed())
                .indices();
        int[] external = MeasuredImages.ofExternal(files.split(), spec.getMaxImages(), spec.getSeed()).indices();
        requireClasses(files.images(), training, "training images");
        requireClasses(files.images(), external, "external points");
        try (TrainedEncoder encoder = spec.getReference() ? files.reference() : files.candidate();
                Images seen = Images.of(files, encoder, spec);
                UnitMeans means = new UnitMeans(
                        encoder.encoder(), Math.max(1, spec.getViews()), UnitMemTask.sign(spec.getSign()))) {
            requireMemory(means, files.images().classNames().size());
            ClassStore store = new ClassStore(means.layers(), files.images().classNames().size(), training.length);
            int[] both = IntStream.concat(IntStream.of(training), IntStream.of(external)).toArray();
            measure(run, ImageBlocks.of(both, seen.views(), encoder.encoder()), store, files.images(), block -> {
                try (Scope scope = Scope.open()) {
                    return means.of(encoder.state(), seen.of(scope, block));
                }
            });
            run.publish("result", "class-mem", new ClassMemFiles(run.scratch(), means.layers()).write(store, spec.getViews()));
        }
    }

    private void measure(
            RunContext run,
            ImageBlocks blocks,
            ClassStore store,
            ImageSet images,
            java.util.function.Function<int[], List<float[]>> means)
            throws IOException {
        SavePoints savePoints = new SavePoints(run, nanoTime);
        int from = savePoints.resume(store);
        try (BlockPass pass = new BlockPass(run.threads())) {
            pass.run(blocks, from, means, (block, found) -> {
                store.add(images.labels(block), found);
                run.progress("measuring classes", store.images(), blocks.images(), "image", Map.of());
                savePoints.after(store.images(), store);
            });
        }
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

    /** Blocks of images as the encoder sees them: as they are, or several augmented views of each. */
    private record Images(ImageSet images, PlainInput plain, AugmentedViews augmented, int views) implements AutoCloseable {
        static Images of(PairFiles files, TrainedEncoder encoder, ClassMemSpec spec) {
            if (spec.getViews() > 0) {
                return new Images(
                        files.images(), null, files.views(encoder, spec.getAugmentation(), spec.getSeed()), spec.getViews());
            }
            var normalization = encoder.identity().normalization();
            int side = Math.toIntExact(encoder.encoder().input().getLast());
            return new Images(files.images(), new PlainInput(normalization, side), null, 1);
        }

        Tensor of(Scope scope, int[] block) {
            return plain == null ? augmented.views(scope, block, 0, 0, views) : plain.whole(scope, images, block);
        }

        @Override
        public void close() {
            if (plain == null) {
                augmented.close();
            } else {
                plain.close();
            }
        }
    }
}
