package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.EditableLayer;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitTable;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTasks;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** UnitMem of an encoder's units, as a run of it found them. */
final class UnitScores {
    private UnitScores() {}

    /**
     * Scores by path of a layer, {@code [units]} each; 0 for dead units.
     *
     * @param unitMem {@code runs/x}
     * @param field of the spec that names it, for errors
     * @param encoder {@code encoders/x} that must have been measured
     * @param beforeActivation read them at the layer itself, not where a unit's activation leaves it
     * @throws RunFailure INVALID_SPEC if the run is none of that encoder; DATA_LOSS if its table cannot be read
     */
    static Map<String, double[]> read(
            RunContext run, String unitMem, String field, String encoder, List<EditableLayer> layers, boolean beforeActivation)
            throws IOException {
        Map<String, double[]> byTap = byTap(rows(run, unitMem, field, encoder));
        Map<String, double[]> scores = new HashMap<>();
        for (EditableLayer layer : layers) {
            double[] found = byTap.get(beforeActivation ? layer.path() : layer.output());
            if (found != null) {
                scores.put(layer.path(), found);
            }
        }
        return scores;
    }

    /**
     * Every unit of a UnitMem of an encoder, in forward order.
     *
     * @throws RunFailure as {@link #read}
     */
    static List<UnitRow> rows(RunContext run, String unitMem, String field, String encoder) throws IOException {
        requireMeasured(run, unitMem, field, encoder);
        return Inputs.read(run, unitMem, folder -> UnitTable.read(Files.readString(folder.resolve(UnitTable.FILE_NAME))));
    }

    private static void requireMeasured(RunContext run, String unitMem, String field, String encoder) {
        RunSpec spec = run.specOf(unitMem);
        if (!spec.hasUnitMem()) {
            throw RunFailure.invalidSpec(
                    "%s: %s is a run of %s, not of unit_mem".formatted(field, unitMem, RunTasks.kindName(spec.getTaskCase())));
        }
        UnitMemSpec measure = spec.getUnitMem();
        var pair = run.pair(measure.getPair());
        String measured = measure.getReference() ? pair.reference() : pair.candidate();
        if (!measured.equals(encoder)) {
            throw RunFailure.invalidSpec("%s: %s measured %s, not %s".formatted(field, unitMem, measured, encoder));
        }
    }

    private static Map<String, double[]> byTap(List<UnitRow> rows) {
        Map<String, Integer> units = new HashMap<>();
        rows.forEach(row -> units.merge(row.layer().layer(), row.unit() + 1, Math::max));
        Map<String, double[]> scores = new HashMap<>();
        rows.forEach(row -> scores.computeIfAbsent(row.layer().layer(), layer -> new double[units.get(layer)])[row.unit()] = row.unitMem());
        return scores;
    }
}
