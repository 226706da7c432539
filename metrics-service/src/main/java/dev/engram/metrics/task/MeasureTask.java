package dev.engram.metrics.task;

import static java.util.Objects.requireNonNull;

import dev.engram.encoders.engine.TorchEngine;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunTask;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A run that measures images block by block and publishes one result. A kind of its own says what its spec must be and opens its {@link Measure}.
 *
 * @param <M> the measure
 */
abstract class MeasureTask<M extends Measure<?, ?>> implements RunTask {
    private final LongSupplier nanoTime;

    /** @param nanoTime tells when a resume point is due */
    MeasureTask(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /** Takes a measure while what it reads is open. */
    @FunctionalInterface
    interface Opened<M> {
        void accept(M measure) throws IOException;
    }

    /** Opens what the measure of a spec reads, hands the measure over, and closes it again. */
    abstract void open(RunContext run, RunSpec spec, Opened<? super M> opened) throws IOException;

    @Override
    public final void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        open(run, run.spec(), measure -> finish(run, measure));
    }

    /** Measures and publishes. */
    void finish(RunContext run, M measure) throws IOException {
        Measure<?, ?> all = measure;
        publish(run, all);
    }

    private <R, S extends SavePoints.State> void publish(RunContext run, Measure<R, S> measure) throws IOException {
        S kept = measured(run, measure, measure.blocks());
        run.publish("result", measure.artifact(), measure.files(kept));
    }

    /** What is kept of these blocks when all of them are measured. */
    final <R, S extends SavePoints.State> S measured(RunContext run, Measure<R, S> measure, ImageBlocks blocks) throws IOException {
        return new Measurement(run, nanoTime).of(measure, blocks);
    }
}
