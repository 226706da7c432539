package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.NormCalibration;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.runs.RunContext;
import dev.engram.v1.UnitMemSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What every unit shows of the images in an encoder and, on the same views, in the same network before its training.
 *
 * @param untrained as it was drawn; its normalizations are calibrated before the first block
 * @param spec with its defaults unfilled
 */
record UnitMemMeasure(
        RunContext run,
        AugmentedViews source,
        UnitMeans means,
        TrainedEncoder trained,
        StateDict untrained,
        MeasuredImages images,
        ImageBlocks blocks,
        UnitMemSpec spec)
        implements ViewsMeasure<UnitMemMeasure.Means, UnitMemMeasure.Stores> {

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
    public Stores empty(ImageBlocks own) {
        return new Stores(store(own.images()), store(own.images()));
    }

    private UnitStore store(int count) {
        boolean median = UnitMemTask.others(spec) == UnitMemSpec.Others.MEDIAN;
        return new UnitStore(means.layers(), MeasureRules.topImages(spec.getTopImages()), median, count);
    }

    @Override
    public void begin() throws IOException {
        run.progress("calibrating the null", 0, 0, "image", Map.of());
        NormCalibration.calibrate(trained.encoder(), untrained, source, images.indices(), run.threads(), run::checkStop);
    }

    @Override
    public Tensor see(Scope scope, int[] block) {
        return source.views(scope, block, 0, 0, MeasureRules.views(spec.getViews()));
    }

    @Override
    public Evaluation forward() {
        return means.forward();
    }

    @Override
    public List<StateDict> encoders() {
        return List.of(trained.state(), untrained);
    }

    @Override
    public Means read(int count, Function<StateDict, Activations> passed) {
        return new Means(means.read(passed.apply(trained.state())), means.read(passed.apply(untrained)));
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
