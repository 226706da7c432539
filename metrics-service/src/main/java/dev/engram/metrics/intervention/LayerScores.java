package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.ExchangePart;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.task.ResultJson;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTasks;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SubsetScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** LayerMem of layers, as a run of it found them. */
final class LayerScores {
    private LayerScores() {}

    /**
     * The parts that have a row with a row before it, in the order given: a layer's own row, and of a module the last row within it. ΔLayerMem is the
     * difference to the row before the layer (Table 18), or before the first row within the module.
     *
     * @param layerMem {@code runs/x} of a pair with {@code encoder}
     * @throws RunFailure INVALID_SPEC if it is none; DATA_LOSS if its result cannot be read
     */
    static List<NamedSets.Scored> read(RunContext run, String layerMem, String encoder, List<ExchangePart> parts) throws IOException {
        RunSpec spec = run.specOf(layerMem);
        if (!spec.hasLayerMem()) {
            throw RunFailure.invalidSpec(
                    "spec.layer_mem: %s is a run of %s, not of layer_mem".formatted(layerMem, RunTasks.kindName(spec.getTaskCase())));
        }
        ResolvedPair pair = run.pair(spec.getLayerMem().getPair());
        if (!pair.candidate().equals(encoder) && !pair.reference().equals(encoder)) {
            throw RunFailure.invalidSpec("spec.layer_mem: %s measured %s, to which %s does not belong".formatted(layerMem, pair.name(), encoder));
        }
        List<NamedSets.Scored> scored = new ArrayList<>();
        List<LayerScore> rows = result(run, layerMem).getLayersList();
        for (ExchangePart part : parts) {
            int[] own = IntStream.range(0, rows.size()).filter(i -> part.contains(rows.get(i).getLayer())).toArray();
            if (own.length > 0 && own[0] > 0) {
                double mean = candidates(rows.get(own[own.length - 1]));
                scored.add(new NamedSets.Scored(part.path(), mean, mean - candidates(rows.get(own[0] - 1))));
            }
        }
        return scored;
    }

    private static double candidates(LayerScore row) {
        return row.getSubsetsList().stream()
                .filter(subset -> subset.getSubset().equals(LayerMem.CANDIDATE))
                .mapToDouble(SubsetScore::getMean)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static LayerMemResult result(RunContext run, String layerMem) throws IOException {
        return Inputs.message(run, layerMem, ResultJson.FILE_NAME, LayerMemResult.newBuilder()).build();
    }
}
