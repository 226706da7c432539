package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Linear CKA between all layers of two encoders, one forward pass of each a batch. */
public final class CkaTask extends MeasureTask<CkaMeasure> {
    private static final int BYTES_PER_PRODUCT = Float.BYTES + Double.BYTES;

    public CkaTask() {
        this(System::nanoTime);
    }

    CkaTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.CKA;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        CkaRules.check(spec.getCka(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        CkaSpec cka = spec.getCka();
        return List.of(cka.getFirst(), cka.getSecond(), cka.getDataset());
    }

    @Override
    void open(RunContext run, RunSpec runSpec, Opened<? super CkaMeasure> opened) throws IOException {
        CkaSpec spec = runSpec.getCka();
        run.progress("reading encoders and images", 0, 0, "image", Map.of());
        ImageSet images = Inputs.images(run, spec.getDataset());
        int count = CkaRules.images(spec, images.size());
        int batch = CkaRules.batch(spec);
        run.checkStop();
        try (GramSource first = GramSource.open(run, spec.getFirst(), spec.getPooled());
                GramSource second = GramSource.open(run, spec.getSecond(), spec.getPooled())) {
            checkMemory(batch, first.layers().size() + second.layers().size());
            int[] drawn = StatelessRandom.of(spec.getSeed(), "cka images").permutation(images.size(), 0);
            ImageBlocks blocks = new ImageBlocks(Arrays.copyOf(drawn, count), batch);
            Optional<GramSource> other = spec.getSecond().equals(spec.getFirst()) ? Optional.empty() : Optional.of(second);
            opened.accept(new CkaMeasure(run, images, first, other, CkaRules.estimator(spec), blocks));
        }
    }

    /** Inner products of one batch at all layers are held at once. */
    private static void checkMemory(int batch, int layers) {
        long needed = (long) batch * batch * layers * BYTES_PER_PRODUCT;
        long allowed = Runtime.getRuntime().maxMemory() / 2;
        if (needed > allowed) {
            throw RunFailure.invalidSpec(
                    "spec.batch_size: %d images at %d layers need %d MiB, half of the worker's heap is %d MiB; ask for fewer"
                            .formatted(batch, layers, needed >> 20, allowed >> 20));
        }
    }
}
