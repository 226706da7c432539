package dev.engram.metrics.task;

import dev.engram.runs.OtherVersionException;
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
 * without a forward pass. Or a pass that it shares with other measures has found it all already.
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

    /** The pass, {@code runs/x}, whose findings are taken instead of measuring; empty for none. */
    String pass(RunSpec spec) {
        return "";
    }

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
        ShardableMeasure<?, ?> all = measure;
        if (!pass(run.spec()).isEmpty()) {
            take(run, all);
            return;
        }
        if (shards(run.spec()) > 1) {
            merge(run, all);
            return;
        }
        super.finish(run, measure);
    }

    private <R, S extends SavePoints.State> void take(RunContext run, ShardableMeasure<R, S> measure) throws IOException {
        String pass = pass(run.spec());
        int position = MeasuresRules.position(run.spec(), pass, run.specOf(pass));
        if (position < 0) {
            throw RunFailure.invalidSpec("spec.pass: " + pass + " has not measured this");
        }
        S kept = measure.empty(measure.blocks());
        read(run, pass, SharedPass.fileName(position), kept);
        run.publish("result", measure.artifact(), measure.files(kept));
    }

    private <R, S extends SavePoints.State> void merge(RunContext run, ShardableMeasure<R, S> measure) throws IOException {
        int shards = shards(run.spec());
        S kept = measure.empty(measure.blocks());
        for (int i = 0; i < shards; i++) {
            run.checkStop();
            run.progress("merging shards", i, shards, "shard", Map.of());
            S next = measure.empty(measure.blocks().share(i, shards));
            read(run, RunParts.names(run.runId(), shards).get(i), SavePoints.FILE_NAME, next);
            measure.append(kept, next);
        }
        run.log(LogEntry.Severity.INFO, "merged %d shards of %d images".formatted(shards, measure.blocks().images()));
        run.publish("result", measure.artifact(), measure.files(kept));
    }

    private static void read(RunContext run, String other, String fileName, SavePoints.State state) {
        Path file = run.input(other).resolve(fileName);
        try {
            SavePoints.read(file, state);
        } catch (SavePoints.OtherFormatException e) {
            throw OtherVersionException.ofResult(other, run.versionOf(other), e);
        } catch (IOException e) {
            throw RunFailure.dataLoss(other + ": " + fileName + " is not of this measure: " + e.getMessage());
        }
    }
}
