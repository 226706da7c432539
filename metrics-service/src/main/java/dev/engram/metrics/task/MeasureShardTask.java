package dev.engram.metrics.task;

import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One worker's share of a measure. Publishes the state that the measure's own run merges, {@code state.bin}; it says nothing by itself. */
public final class MeasureShardTask extends MeasureTask<ShardableMeasure<?, ?>> {
    private final List<ShardableTask<?>> measures = List.of(new LayerMemTask(), new UnitMemTask(), new ClassMemTask(), new InvarianceTask(), new MeasuresTask());

    public MeasureShardTask() {
        this(System::nanoTime);
    }

    MeasureShardTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.MEASURE_SHARD;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        MeasureShardSpec shard = spec.getMeasureShard();
        RunSpec whole = whole(shard);
        find(whole).forEach(measure -> {
            measure.validate(whole, violations);
            int shards = Math.max(1, measure.shards(whole));
            violations.require(
                    shard.getShard() >= 0 && shard.getShard() < shards,
                    "spec.shard",
                    "must be 0 to %d, is %d".formatted(shards - 1, shard.getShard()));
        });
        violations.require(find(whole).findAny().isPresent(), "spec.measure", "is required: layer_mem, unit_mem, class_mem, invariance or measures");
    }

    @Override
    public List<String> uses(RunSpec spec) {
        RunSpec whole = whole(spec.getMeasureShard());
        return find(whole).flatMap(measure -> measure.uses(whole).stream()).toList();
    }

    @Override
    void open(RunContext run, RunSpec spec, Opened<? super ShardableMeasure<?, ?>> opened) throws IOException {
        RunSpec whole = whole(spec.getMeasureShard());
        find(whole).findFirst().orElseThrow().open(run, whole, opened);
    }

    @Override
    void finish(RunContext run, ShardableMeasure<?, ?> measure) throws IOException {
        RunSpec whole = whole(run.spec().getMeasureShard());
        int shards = Math.max(1, find(whole).findFirst().orElseThrow().shards(whole));
        publish(run, measure, measure.blocks().share(run.spec().getMeasureShard().getShard(), shards));
    }

    private <R, S extends SavePoints.State> void publish(RunContext run, Measure<R, S> measure, ImageBlocks blocks) throws IOException {
        Path file = SavePoints.write(run.scratch().resolve(SavePoints.FILE_NAME), measured(run, measure, blocks));
        run.publish("result", "measure-shard", Map.of(SavePoints.FILE_NAME, file));
    }

    private Stream<ShardableTask<?>> find(RunSpec whole) {
        return measures.stream().filter(measure -> measure.kind() == whole.getTaskCase());
    }

    /** The measure as a run of its own. */
    private static RunSpec whole(MeasureShardSpec shard) {
        return switch (shard.getMeasureCase()) {
            case LAYER_MEM -> RunSpec.newBuilder().setLayerMem(shard.getLayerMem()).build();
            case UNIT_MEM -> RunSpec.newBuilder().setUnitMem(shard.getUnitMem()).build();
            case CLASS_MEM -> RunSpec.newBuilder().setClassMem(shard.getClassMem()).build();
            case INVARIANCE -> RunSpec.newBuilder().setInvariance(shard.getInvariance()).build();
            case MEASURES -> RunSpec.newBuilder().setMeasures(shard.getMeasures()).build();
            case MEASURE_NOT_SET -> RunSpec.getDefaultInstance();
        };
    }
}
