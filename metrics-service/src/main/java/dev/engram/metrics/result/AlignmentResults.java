package dev.engram.metrics.result;

import dev.engram.metrics.task.UnitRow;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.Alignment;
import dev.engram.v1.GetAlignmentRequest;
import dev.engram.v1.GetProbeAlignmentRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures of one pair beside each other. Every method throws {@link InvalidRunException} with every wrong field,
 * {@link ObjectNotFoundException} if there is no such run, and {@link RunStateException} until it has succeeded. Thread-safe.
 */
public final class AlignmentResults {
    private final ResultArtifacts artifacts;
    private final ResultFiles files;

    AlignmentResults(ResultArtifacts artifacts, ResultFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    /** UnitMem of a layer's units beside SSLMem of the images that own them. */
    public Alignment units(GetAlignmentRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(
                request.getPercent() >= 0 && request.getPercent() <= 100,
                "percent",
                "must be above 0 and at most 100, or 0 for 10, is " + request.getPercent());
        FinishedRun unitMem = artifacts.find("run", request.getRun(), RunSpec.TaskCase.UNIT_MEM, violations);
        FinishedRun layerMem = artifacts.find("layer_mem", request.getLayerMem(), RunSpec.TaskCase.LAYER_MEM, violations);
        List<String> warnings = new Comparability(artifacts::augmentation).of(unitMem, layerMem, violations);
        List<UnitRow> all = files.units(unitMem.artifact());
        String layer = request.getLayer().isEmpty() ? lastOf(all) : request.getLayer();
        List<UnitRow> units = all.stream().filter(row -> row.layer().layer().equals(layer)).toList();
        violations.require(!units.isEmpty(), "layer", "is no tap of the run's encoder: \"" + layer + "\"");
        ResultArtifacts.refuse(violations);
        return UnitAlignment.of(units, files.table(layerMem.artifact()), request.getPercent()).message(warnings);
    }

    /** The last convolution; without one the last linear layer over tokens; without that the last tap. */
    private static String lastOf(List<UnitRow> units) {
        for (String point : List.of("conv", "linear")) {
            Optional<UnitRow> last = units.reversed().stream().filter(row -> row.layer().point().equals(point)).findFirst();
            if (last.isPresent()) {
                return last.get().layer().layer();
            }
        }
        return units.getLast().layer().layer();
    }

    /** Memorization of each layer beside what a probe reads off it. */
    public ProbeAlignment probes(GetProbeAlignmentRequest request) {
        FieldViolations violations = new FieldViolations();
        FinishedRun layerMem = artifacts.find("run", request.getRun(), RunSpec.TaskCase.LAYER_MEM, violations);
        FinishedRun probe = artifacts.find("probe", request.getProbe(), RunSpec.TaskCase.PROBE, violations);
        String pair = layerMem.spec().getLayerMem().getPair();
        Comparability.requireSamePair("LayerMem", pair, "probe", "probe", probe.spec().getProbe().getPair(), violations);
        Optional<UnitMemResult> units = Optional.empty();
        List<String> warnings = new ArrayList<>();
        if (!request.getUnitMem().isEmpty()) {
            FinishedRun unitMem = artifacts.find("unit_mem", request.getUnitMem(), RunSpec.TaskCase.UNIT_MEM, violations);
            Comparability.requireSamePair("LayerMem", pair, "unit_mem", "UnitMem", unitMem.spec().getUnitMem().getPair(), violations);
            warnings.addAll(new Comparability(artifacts::augmentation).of(unitMem, layerMem, violations));
            units = Optional.of(files.message(unitMem.artifact(), UnitMemResult.newBuilder()).build());
        }
        return ProbedLayers.of(
                files.message(layerMem.artifact(), LayerMemResult.newBuilder()).build(),
                files.message(probe.artifact(), ProbeResult.newBuilder()).build(),
                units,
                warnings);
    }
}
