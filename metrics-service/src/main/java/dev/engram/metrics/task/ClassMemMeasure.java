package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.runs.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * What every unit shows of each class: of training images, then of external points.
 *
 * @param encoder weights
 * @param seen blocks of images as the encoder sees them
 * @param external positions of the external points in the data set
 * @param views V; 0 for images as they are
 */
record ClassMemMeasure(
        RunContext run, StateDict encoder, UnitMeans means, SeenImages seen, BitSet external, ImageBlocks blocks, int views)
        implements ShardableMeasure<List<float[]>, ClassStore> {

    @Override
    public String stage() {
        return "measuring classes";
    }

    @Override
    public ClassStore empty(int images) {
        return new ClassStore(means.layers(), seen.images().classNames().size());
    }

    @Override
    public List<float[]> of(int[] block) {
        try (Scope scope = Scope.open()) {
            return means.of(encoder, seen.of(scope, block));
        }
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
