package dev.engram.metrics.task;

import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.MeasureShardSpec;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Several measures of a pair in one pass over images and views. Publishes what each has kept, which that measure's own run takes. */
public final class MeasuresTask extends ShardableTask<SharedPass> {

    public MeasuresTask() {
        this(System::nanoTime);
    }

    MeasuresTask(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.MEASURES;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        MeasuresRules.check(spec.getMeasures(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        return Stream.concat(Stream.of(spec.getMeasures().getPair()), AskedViews.of(spec.getMeasures()).pair().stream()).distinct().toList();
    }

    @Override
    int shards(RunSpec spec) {
        return spec.getMeasures().getShards();
    }

    @Override
    MeasureShardSpec.Builder shard(RunSpec spec) {
        return MeasureShardSpec.newBuilder().setMeasures(spec.getMeasures());
    }

    @Override
    void open(RunContext run, RunSpec runSpec, Opened<? super SharedPass> opened) throws IOException {
        MeasuresSpec spec = runSpec.getMeasures();
        try (PairFiles files = PairFiles.open(run, spec.getPair())) {
            requireSameViews(files, spec);
            int size = ImageBlocks.size(MeasureRules.views(spec.getViews()), files.candidate().encoder());
            open(run, files, MeasuresRules.wholes(spec), new ArrayList<>(), measures -> {
                try (SharedPass pass = new SharedPass(run.scratch(), measures, size)) {
                    opened.accept(pass);
                }
            });
        }
    }

    /** Opens the measures one inside the other, so that all are open at once and each is closed whatever happens. */
    private static void open(
            RunContext run,
            PairFiles files,
            List<RunSpec> specs,
            List<ViewsMeasure<?, ?>> measures,
            Opened<List<ViewsMeasure<?, ?>>> opened)
            throws IOException {
        if (specs.isEmpty()) {
            opened.accept(measures);
            return;
        }
        RunSpec first = specs.getFirst();
        MeasuresRules.task(first).orElseThrow().open(run, files, first, measure -> {
            measures.add(measure);
            open(run, files, specs.subList(1, specs.size()), measures, opened);
        });
    }

    /** Encoders that were made elsewhere may each be used to views of their own. */
    private static void requireSameViews(PairFiles files, MeasuresSpec spec) throws IOException {
        AskedViews asked = AskedViews.of(spec);
        TrainedEncoder f = files.candidate();
        TrainedEncoder g = files.reference();
        if (f.identity().side() != g.identity().side() || !files.augmentation(f, asked).equals(files.augmentation(g, asked))) {
            throw RunFailure.invalidSpec(
                    "spec.pair: f and g of %s are used to other views (side, normalization or augmentation); measure them by themselves"
                            .formatted(spec.getPair()));
        }
    }
}
