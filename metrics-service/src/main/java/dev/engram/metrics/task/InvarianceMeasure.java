package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.OperationDistances;
import dev.engram.runs.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far each operation moves every image at every layer, in f and in g. What is kept has a row for each layer of each operation.
 *
 * @param plain images as they are
 * @param operations draws of each operation, by name
 */
record InvarianceMeasure(
        RunContext run,
        AugmentedViews plain,
        Map<String, AugmentedViews> operations,
        OperationDistances distances,
        StateDict candidate,
        StateDict reference,
        MeasuredImages images,
        ImageBlocks blocks,
        int draws,
        boolean pooled,
        long seed)
        implements ShardableMeasure<LayerMemMeasure.Distances, DistanceStore> {

    @Override
    public String stage() {
        return "measuring invariance";
    }

    @Override
    public DistanceStore empty(ImageBlocks own) {
        List<MeasuredLayer> rows = new ArrayList<>();
        operations.keySet().forEach(operation -> distances.layers().forEach(layer ->
                rows.add(new MeasuredLayer(layer.layer() + " after " + operation, layer.point(), layer.depth()))));
        return new DistanceStore(rows, own.images());
    }

    @Override
    public LayerMemMeasure.Distances of(int[] block) {
        List<double[]> ofCandidate = new ArrayList<>();
        List<double[]> ofReference = new ArrayList<>();
        for (AugmentedViews operation : operations.values()) {
            try (Scope scope = Scope.open()) {
                Tensor seen = distances.together(
                        scope, plain.views(scope, block, 0, 0, 1), operation.views(scope, block, 0, 0, draws));
                ofCandidate.addAll(List.of(distances.of(candidate, seen)));
                ofReference.addAll(List.of(distances.of(reference, seen)));
            }
        }
        return new LayerMemMeasure.Distances(ofCandidate.toArray(double[][]::new), ofReference.toArray(double[][]::new));
    }

    @Override
    public void keep(DistanceStore kept, int[] block, LayerMemMeasure.Distances found) {
        kept.add(found.candidate(), found.reference());
    }

    @Override
    public void append(DistanceStore kept, DistanceStore next) {
        kept.append(next);
    }

    @Override
    public String artifact() {
        return "invariance";
    }

    @Override
    public Map<String, Path> files(DistanceStore kept) throws IOException {
        int[] ids = plain.images().ids(images.indices());
        run.progress("resampling", ids.length, ids.length, "image", Map.of());
        return new InvarianceFiles(run.scratch(), List.copyOf(operations.keySet()), distances.layers(), images.subsets(), ids)
                .write(images.arranged(kept.candidate), images.arranged(kept.reference), draws, pooled, seed);
    }
}
