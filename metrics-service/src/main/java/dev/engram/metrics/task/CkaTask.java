package dev.engram.metrics.task;

import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.random.StatelessRandom;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.cka.Cka;
import dev.engram.metrics.cka.HsicEstimator;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.LayerGrams;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CkaSpec;
import dev.engram.v1.RunSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Linear CKA between all layers of two encoders, one forward pass of each a batch. */
public final class CkaTask implements RunTask {
    private static final int BYTES_PER_PRODUCT = Float.BYTES + Double.BYTES;

    private final LongSupplier nanoTime;

    public CkaTask() {
        this(System::nanoTime);
    }

    /** @param nanoTime tells when a resume point is due */
    CkaTask(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
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
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        CkaSpec spec = run.spec().getCka();
        run.progress("reading encoders and images", 0, 0, "image", Map.of());
        ImageSet images = images(run, spec.getDataset());
        int count = CkaRules.images(spec, images.size());
        int batch = CkaRules.batch(spec);
        HsicEstimator estimator = CkaRules.estimator(spec);
        run.checkStop();
        try (Side first = Side.open(run, spec.getFirst(), spec.getPooled());
                Side second = Side.open(run, spec.getSecond(), spec.getPooled())) {
            checkMemory(batch, first.grams.layers().size() + second.grams.layers().size());
            State state = new State(new Cka(estimator, first.grams.layers().size(), second.grams.layers().size()));
            int[] drawn = StatelessRandom.of(spec.getSeed(), "cka images").permutation(images.size(), 0);
            ImageBlocks blocks = new ImageBlocks(Arrays.copyOf(drawn, count), batch);
            SavePoints savePoints = new SavePoints(run, nanoTime);
            int done = savePoints.resume(state);
            while (done < count) {
                int[] block = blocks.block(done);
                add(state.cka, first.of(images, block), spec.getSecond().equals(spec.getFirst()) ? null : second.of(images, block), batch);
                done += batch;
                run.progress("measuring similarity", done, count, "image", Map.of());
                savePoints.after(done, state);
            }
            CkaFiles files = new CkaFiles(run.scratch(), first.grams.layers(), second.grams.layers());
            run.publish("result", "cka", files.write(state.cka, estimator, batch));
        }
    }

    /** @param second null if it is the first once more */
    private static void add(Cka cka, List<float[]> first, List<float[]> second, int batch) {
        try {
            cka.add(first, second == null ? first : second, batch);
        } catch (ArithmeticException e) {
            throw RunFailure.diverged(0, e.getMessage() + "; its weights or activations are not finite");
        }
    }

    private static ImageSet images(RunContext run, String dataset) throws IOException {
        try {
            return ImageSetFile.open(run.input(dataset).resolve(ImageSetFile.FILE_NAME));
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(dataset + ": " + e.getMessage());
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

    /** The sums as what a resume point holds. */
    private record State(Cka cka) implements SavePoints.State {
        @Override
        public void write(DataOutputStream out) throws IOException {
            cka.write(out);
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            cka.read(in);
        }
    }

    /** One of the two encoders, with the input it takes. */
    private record Side(TrainedEncoder encoder, LayerGrams grams, PlainInput input) implements AutoCloseable {
        static Side open(RunContext run, String resource, boolean pooled) throws IOException {
            try {
                TrainedEncoder encoder = TrainedEncoder.read(run.input(resource));
                return new Side(
                        encoder,
                        new LayerGrams(encoder.encoder(), pooled),
                        new PlainInput(
                                encoder.identity().normalization(),
                                Math.toIntExact(encoder.encoder().input().getLast())));
            } catch (CorruptFileException e) {
                throw RunFailure.dataLoss(resource + ": " + e.getMessage());
            }
        }

        List<float[]> of(ImageSet images, int[] block) {
            try (Scope scope = Scope.open()) {
                return grams.of(encoder.state(), input.whole(scope, images, block));
            }
        }

        @Override
        public void close() {
            input.close();
            grams.close();
            encoder.close();
        }
    }
}
