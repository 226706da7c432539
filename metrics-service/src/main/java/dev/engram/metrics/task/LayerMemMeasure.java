package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.statistics.Bootstrap;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.LayerDistances;
import dev.engram.runs.RunContext;
import dev.engram.v1.LayerMemSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * SSLMem of every image at every layer: mean distances of the same views in f and in g.
 *
 * @param images what is measured
 * @param seen blocks of images as both encoders see them
 * @param views V of each
 * @param compared which distances
 * @param byRange scores as the paper's published code, instead of Eq. 2
 * @param seed of the bootstrap
 */
record LayerMemMeasure(
        RunContext run,
        SeenImages seen,
        LayerDistances distances,
        StateDict candidate,
        StateDict reference,
        MeasuredImages images,
        ImageBlocks blocks,
        int views,
        LayerMemSpec.Compared compared,
        boolean byRange,
        long seed)
        implements ViewsMeasure<LayerMemMeasure.Distances, DistanceStore> {
    private static final int RESAMPLES = 2000;

    /** Mean distances of a block's images, {@code [L][B]}, in both encoders. */
    record Distances(double[][] candidate, double[][] reference) {}

    @Override
    public String stage() {
        return "measuring layers";
    }

    @Override
    public DistanceStore empty(ImageBlocks own) {
        return new DistanceStore(distances.layers(), own.images());
    }

    @Override
    public Tensor see(Scope scope, int[] block) {
        return seen.of(scope, block);
    }

    @Override
    public Evaluation forward() {
        return distances.forward();
    }

    @Override
    public List<StateDict> encoders() {
        return List.of(candidate, reference);
    }

    @Override
    public Distances read(int count, Function<StateDict, Activations> passed) {
        return new Distances(distances.read(passed.apply(candidate), count), distances.read(passed.apply(reference), count));
    }

    @Override
    public void keep(DistanceStore kept, int[] block, Distances found) {
        kept.add(found.candidate, found.reference);
    }

    @Override
    public void append(DistanceStore kept, DistanceStore next) {
        kept.append(next);
    }

    @Override
    public String artifact() {
        return "layer-mem";
    }

    @Override
    public Map<String, Path> files(DistanceStore kept) throws IOException {
        int[] ids = seen.images().ids(images.indices());
        SslMemTable byRatio = new SslMemTable(
                distances.layers(), ids, images.subsets(), images.arranged(kept.candidate), images.arranged(kept.reference));
        SslMemTable table = byRange ? byRatio.byRange() : byRatio;
        run.progress("resampling", ids.length, ids.length, "image", Map.of());
        LayerMem result = LayerMem.of(table, new Bootstrap(seed, RESAMPLES));
        return new LayerMemFiles(run.scratch()).write(table, result, views, compared);
    }
}
