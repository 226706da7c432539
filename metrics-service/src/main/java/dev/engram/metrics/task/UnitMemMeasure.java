package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.runs.RunContext;
import dev.engram.v1.UnitMemSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What every unit shows of the images in an encoder and, on the same views, in the same network before its training.
 *
 * @param spec with its defaults unfilled
 */
record UnitMemMeasure(
        RunContext run,
        AugmentedViews source,
        UnitMeans means,
        StateDict trained,
        StateDict untrained,
        ImageBlocks blocks,
        UnitMemSpec spec)
        implements ShardableMeasure<UnitMemMeasure.Means, UnitMemMeasure.Stores> {

    /** Mean activations of a block's images, for each layer {@code [B · units]}, in both encoders. */
    record Means(List<float[]> trained, List<float[]> untrained) {}

    /** The states of both encoders, saved together. */
    record Stores(UnitStore trained, UnitStore untrained) implements SavePoints.State {
        @Override
        public void write(DataOutputStream out) throws IOException {
            trained.write(out);
            untrained.write(out);
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            trained.read(in);
            untrained.read(in);
        }
    }

    @Override
    public String stage() {
        return "measuring units";
    }

    @Override
    public Stores empty(int images) {
        return new Stores(store(images), store(images));
    }

    private UnitStore store(int images) {
        boolean median = UnitMemTask.others(spec) == UnitMemSpec.Others.MEDIAN;
        return new UnitStore(means.layers(), MeasureRules.topImages(spec.getTopImages()), median, images);
    }

    @Override
    public Means of(int[] block) {
        try (Scope scope = Scope.open()) {
            Tensor seen = source.views(scope, block, 0, 0, MeasureRules.views(spec.getViews()));
            return new Means(means.of(trained, seen), means.of(untrained, seen));
        }
    }

    @Override
    public void keep(Stores kept, int[] block, Means found) {
        int[] ids = source.images().ids(block);
        kept.trained().add(ids, found.trained);
        kept.untrained().add(ids, found.untrained);
    }

    @Override
    public void append(Stores kept, Stores next) {
        kept.trained.append(next.trained);
        kept.untrained.append(next.untrained);
    }

    @Override
    public String artifact() {
        return "unit-mem";
    }

    @Override
    public Map<String, Path> files(Stores kept) throws IOException {
        return new UnitMemFiles(run.scratch(), means.layers())
                .write(
                        kept.trained(),
                        kept.untrained(),
                        blocks.images(),
                        MeasureRules.views(spec.getViews()),
                        UnitMemTask.others(spec));
    }
}
