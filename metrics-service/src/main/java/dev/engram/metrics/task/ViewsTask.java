package dev.engram.metrics.task;

import dev.engram.runs.RunContext;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A run of a {@link ViewsMeasure} of a pair: by itself, or of what a pass that it shares with others has found.
 *
 * @param <M> the measure
 */
abstract class ViewsTask<M extends ViewsMeasure<?, ?>> extends ShardableTask<M> {

    /** @param nanoTime tells when a resume point is due */
    ViewsTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    /** The pair that is measured, {@code pairs/x}. */
    abstract String pair(RunSpec spec);

    /** By which augmentation its images are seen. */
    abstract AskedViews views(RunSpec spec);

    @Override
    abstract String pass(RunSpec spec);

    /** Opens what the measure of a spec reads besides the pair, hands the measure over, and closes it again. */
    abstract void open(RunContext run, PairFiles files, RunSpec spec, Opened<? super M> opened) throws IOException;

    @Override
    public final List<String> uses(RunSpec spec) {
        return Stream.of(pair(spec), views(spec).pair().orElse(""), pass(spec)).filter(name -> !name.isEmpty()).distinct().toList();
    }

    @Override
    final void open(RunContext run, RunSpec spec, Opened<? super M> opened) throws IOException {
        try (PairFiles files = PairFiles.open(run, pair(spec))) {
            open(run, files, spec, opened);
        }
    }
}
