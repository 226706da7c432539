package dev.engram.metrics.task;

import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunParts;
import dev.engram.v1.LogEntry;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A measure that one worker makes, or several together: then its parts measure a share of the images each, and the run itself merges what they found,
 * without a forward pass.
 *
 * @param <M> the measure
 */
abstract class ShardableTask<M extends ShardableMeasure<?, ?>> extends MeasureTask<M> {

    /** @param nanoTime tells when a resume point is due */
    ShardableTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    /** How many workers share the images; one if less than 2. */
    abstract int shards(RunSpec spec);

    /** A shard of this measure that does not say yet which. */
    abstract MeasureShardSpec.Builder shard(RunSpec spec);

    @Override
    public final List<RunSpec> parts(RunSpec spec) {
        int shards = shards(spec);
        return IntStream.range(0, shards < 2 ? 0 : shards)
                .mapToObj(i -> RunSpec.newBuilder().setMeasureShard(shard(spec).setShard(i)).build())
                .toList();
    }

    @Override
    final void finish(RunContext run, M measure) throws IOException {
        if (shards(run.spec()) < 2) {
            super.finish(run, measure);
            return;
        }
        ShardableMeasure<?, ?> all = measure;
        merge(run, all);
    }

    private <R, S extends SavePoints.State> void merge(RunContext run, ShardableMeasure<R, S> measure) throws IOException {
        int shards = shards(run.spec());
        S kept = measure.empty(measure.blocks().images());
        for (int i = 0; i < shards; i++) {
            run.checkStop();
            run.progress("merging shards", i, shards, "shard", Map.of());
            S next = measure.empty(measure.blocks().share(i, shards).images());
            read(run, RunParts.names(run.runId(), shards).get(i), next);
            measure.append(kept, next);
        }
        run.log(LogEntry.Severity.INFO, "merged %d shards of %d images".formatted(shards, measure.blocks().images()));
        run.publish("result", measure.artifact(), measure.files(kept));
    }

    private static void read(RunContext run, String shard, SavePoints.State state) {
        Path file = run.input(shard).resolve(SavePoints.FILE_NAME);
        try {
            SavePoints.read(file, state);
        } catch (IOException e) {
            throw RunFailure.dataLoss(shard + ": " + SavePoints.FILE_NAME + " is not of this measure: " + e.getMessage());
        }
    }
}
