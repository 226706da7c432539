package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.runs.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What every unit shows of each class: of training images, then of external points.
 *
 * @param encoder weights
 * @param seen blocks of images as the encoder sees them
 * @param external positions of the external points in the data set
 * @param views V; 0 for images as they are
 */
record ClassMemMeasure(
        RunContext run,
        StateDict encoder,
        UnitMeans means,
        SeenImages seen,
        MeasuredImages images,
        BitSet external,
        ImageBlocks blocks,
        int views)
        implements ViewsMeasure<List<float[]>, ClassStore> {

    @Override
    public String stage() {
        return "measuring classes";
    }

    @Override
    public ClassStore empty(ImageBlocks own) {
        return new ClassStore(means.layers(), seen.images().classNames().size());
    }

    @Override
    public Tensor see(Scope scope, int[] block) {
        return seen.of(scope, block);
    }

    @Override
    public Evaluation forward() {
        return means.forward();
    }

    @Override
    public List<StateDict> encoders() {
        return List.of(encoder);
    }

    @Override
    public List<float[]> read(int count, Function<StateDict, Activations> passed) {
        return means.read(passed.apply(encoder));
    }

    @Override
    public void keep(ClassStore kept, int[] block, List<float[]> found) {
        int[] labels = seen.images().labels(block);
        for (int image = 0; image < block.length; image++) {
            kept.add(external.get(block[image]), labels[image], found, image);
        }
    }

    @Override
    public void append(ClassStore kept, ClassStore next) {
        kept.append(next);
    }

    @Override
    public String artifact() {
        return "class-mem";
    }

    @Override
    public Map<String, Path> files(ClassStore kept) throws IOException {
        return new ClassMemFiles(run.scratch(), means.layers()).write(kept, views);
    }
}
