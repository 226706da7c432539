package dev.engram.metrics.result;

import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.EditableLayers;
import dev.engram.metrics.intervention.OwnedUnitRules;
import dev.engram.metrics.intervention.OwnedUnits;
import dev.engram.metrics.intervention.OwnedUnits.Owned;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.OwnedLayer;
import dev.engram.v1.OwnedUnit;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;

/** The units that images own, as they would be pruned. Errors as those of {@link MeasureResults}. Thread-safe. */
final class OwnedUnitResults {
    private static final int LISTED = 1000;

    private final ResultArtifacts artifacts;
    private final ResultFiles files;

    OwnedUnitResults(ResultArtifacts artifacts, ResultFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    ListOwnedUnitsResponse list(ListOwnedUnitsRequest request) {
        FieldViolations violations = new FieldViolations();
        OwnedUnitRules.check("", request.getImagesList(), request.getLeastUnitMem(), request.getMostUnits(), violations);
        FinishedRun measured = artifacts.find("unit_mem", request.getUnitMem(), RunSpec.TaskCase.UNIT_MEM, violations);
        String encoder = encoder(measured.spec().getUnitMem());
        List<EditableLayer> layers = layers(encoder, request.getLayersList(), violations);
        ResultArtifacts.refuse(violations);
        return message(encoder, OwnedUnits.of(files.units(measured.artifact()), layers, request));
    }

    private String encoder(UnitMemSpec spec) {
        ResolvedPair pair = artifacts.pair(spec.getPair());
        return spec.getReference() ? pair.reference() : pair.candidate();
    }

    private List<EditableLayer> layers(String encoder, List<String> paths, FieldViolations violations) {
        try {
            return EditableLayers.of(artifacts.identity(encoder).network()).named(paths);
        } catch (IllegalArgumentException e) {
            violations.add("layers", e.getMessage());
            return List.of();
        }
    }

    private static ListOwnedUnitsResponse message(String encoder, OwnedUnits owned) {
        ListOwnedUnitsResponse.Builder response = ListOwnedUnitsResponse.newBuilder()
                .setEncoder(encoder)
                .setOwned(owned.units().size())
                .setConsidered(owned.layers().keySet().stream().mapToInt(EditableLayer::units).sum());
        owned.units().stream().limit(LISTED).forEach(unit -> response.addUnits(unit(unit, owned.layers().get(unit.layer()))));
        owned.layers().forEach((layer, tap) -> {
            List<Owned> own = owned.of(layer);
            response.addLayers(OwnedLayer.newBuilder()
                    .setLayer(layer.path())
                    .setTap(tap)
                    .setUnits(layer.units())
                    .setOwned(own.size())
                    .setOwners((int) own.stream().mapToInt(Owned::image).distinct().count()));
        });
        return response.build();
    }

    private static OwnedUnit unit(Owned unit, String tap) {
        return OwnedUnit.newBuilder()
                .setLayer(unit.layer().path())
                .setTap(tap)
                .setUnit(unit.row().unit())
                .setUnitMem(unit.row().unitMem())
                .setNullUnitMem(unit.row().nullUnitMem())
                .setImageId(unit.image())
                .setMeanActivation(unit.row().max())
                .setTies(unit.row().ties())
                .build();
    }
}
