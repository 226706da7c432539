package dev.engram.metrics.result;

import dev.engram.metrics.layermem.LayerMem;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.RecentlyRead;
import dev.engram.v1.CkaResult;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemResult;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Results of LayerMem, UnitMem, ClassMem, CKA and invariance runs. Every method throws {@link InvalidRunException} with every wrong field,
 * {@link ObjectNotFoundException} if there is no such run, {@link RunStateException} until it has succeeded, and
 * {@link DataLossException} if a file is gone or damaged. Thread-safe.
 */
public final class MeasureResults {
    private static final int KEPT = 8;

    private final ResultArtifacts artifacts;
    private final ResultFiles files;
    private final RecentlyRead<UnitPages> units = new RecentlyRead<>(KEPT);

    MeasureResults(ResultArtifacts artifacts, ResultFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    /** @param run {@code runs/x} of a LayerMem */
    public LayerMemResult layerMem(String run) {
        return files.message(find(run, RunSpec.TaskCase.LAYER_MEM), LayerMemResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a UnitMem */
    public UnitMemResult unitMem(String run) {
        return files.message(find(run, RunSpec.TaskCase.UNIT_MEM), UnitMemResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a CKA */
    public CkaResult cka(String run) {
        return files.message(find(run, RunSpec.TaskCase.CKA), CkaResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a ClassMem */
    public ClassMemResult classMem(String run) {
        return files.message(find(run, RunSpec.TaskCase.CLASS_MEM), ClassMemResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of an invariance */
    public InvarianceResult invariance(String run) {
        return files.message(find(run, RunSpec.TaskCase.INVARIANCE), InvarianceResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of replicates */
    public ReplicatesResult replicates(String run) {
        return files.message(find(run, RunSpec.TaskCase.REPLICATES), ReplicatesResult.newBuilder()).build();
    }

    /** A page of units, highest UnitMem first. */
    public ListUnitsResponse units(ListUnitsRequest request) {
        FieldViolations violations = new FieldViolations();
        PageSize.check(request.getPageSize(), violations);
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.UNIT_MEM, violations);
        UnitPages pages = units.get(artifact, id -> UnitPages.of(files.units(id)));
        OptionalInt position = pages.position(request.getLayer(), request.getPageToken());
        violations.require(
                pages.has(request.getLayer()), "layer", "is no tap of the run's encoder: \"" + request.getLayer() + "\"");
        violations.require(position.isPresent(), "page_token", "was not made by this listing");
        violations.require(!request.hasUnit() || !request.getLayer().isEmpty(), "layer", "is required where one unit is asked for");
        ResultArtifacts.refuse(violations);
        if (request.hasUnit()) {
            Optional<ListUnitsResponse> only = pages.only(request.getLayer(), request.getUnit());
            violations.require(only.isPresent(), "unit", "is none of %s: %d".formatted(request.getLayer(), request.getUnit()));
            ResultArtifacts.refuse(violations);
            return only.get();
        }
        return pages.page(request.getLayer(), position.getAsInt(), PageSize.of(request.getPageSize()));
    }

    /** A page of single images' scores at one layer of a LayerMem. */
    public ListImageScoresResponse imageScores(ListImageScoresRequest request) {
        FieldViolations violations = new FieldViolations();
        PageSize.check(request.getPageSize(), violations);
        violations.require(
                request.getSubset().isEmpty() || LayerMem.SUBSETS.contains(request.getSubset()),
                "subset",
                "must be one of %s, or empty for all, is \"%s\"".formatted(LayerMem.SUBSETS, request.getSubset()));
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.LAYER_MEM, violations);
        LayerMemResult result = files.message(artifact, LayerMemResult.newBuilder()).build();
        String layer = request.getLayer().isEmpty()
                ? result.getLayers(result.getLayersCount() - 1).getLayer()
                : request.getLayer();
        boolean known = result.getLayersList().stream().anyMatch(row -> row.getLayer().equals(layer));
        violations.require(known, "layer", "is no row of the run's result: \"" + layer + "\"");
        OptionalInt place = PageTokens.place(request.getPageToken(), LayerImages.listing(request, layer));
        violations.require(place.isPresent(), "page_token", "was not made by this listing");
        ResultArtifacts.refuse(violations);
        LayerImages rows = files.images(artifact, layer);
        return rows.page(request, place.getAsInt(), PageSize.of(request.getPageSize()));
    }

    private String find(String run, RunSpec.TaskCase kind) {
        return artifacts.find(run, kind, new FieldViolations());
    }
}
