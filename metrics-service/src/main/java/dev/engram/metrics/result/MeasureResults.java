package dev.engram.metrics.result;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.metrics.task.ImageTable;
import dev.engram.metrics.task.ResultJson;
import dev.engram.metrics.task.UnitTable;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.CkaResult;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Results of LayerMem, UnitMem, ClassMem and CKA runs. Every method throws {@link InvalidRunException} with every wrong field,
 * {@link ObjectNotFoundException} if there is no such run, {@link RunStateException} until it has succeeded, and
 * {@link DataLossException} if a file is gone or damaged. Thread-safe.
 */
public final class MeasureResults {
    private static final int DEFAULT_PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int KEPT = 8;

    private final ResultArtifacts artifacts;
    private final RecentlyRead<UnitPages> units = new RecentlyRead<>(KEPT);
    private final RecentlyRead<LayerImages> images = new RecentlyRead<>(KEPT);

    public MeasureResults(ResultArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** @param run {@code runs/x} of a LayerMem */
    public LayerMemResult layerMem(String run) {
        return message(find(run, RunSpec.TaskCase.LAYER_MEM), LayerMemResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a UnitMem */
    public UnitMemResult unitMem(String run) {
        return message(find(run, RunSpec.TaskCase.UNIT_MEM), UnitMemResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a CKA */
    public CkaResult cka(String run) {
        return message(find(run, RunSpec.TaskCase.CKA), CkaResult.newBuilder()).build();
    }

    /** @param run {@code runs/x} of a ClassMem */
    public ClassMemResult classMem(String run) {
        return message(find(run, RunSpec.TaskCase.CLASS_MEM), ClassMemResult.newBuilder()).build();
    }

    /** A page of units, highest UnitMem first. */
    public ListUnitsResponse units(ListUnitsRequest request) {
        FieldViolations violations = new FieldViolations();
        checkSize(request.getPageSize(), violations);
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.UNIT_MEM, violations);
        UnitPages pages = units.get(artifact, this::readUnits);
        OptionalInt position = pages.position(request.getLayer(), request.getPageToken());
        violations.require(
                pages.has(request.getLayer()), "layer", "is no tap of the run's encoder: \"" + request.getLayer() + "\"");
        violations.require(position.isPresent(), "page_token", "was not made by this listing");
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return pages.page(request.getLayer(), position.getAsInt(), size(request.getPageSize()));
    }

    /** A page of single images' scores at one layer of a LayerMem. */
    public ListImageScoresResponse imageScores(ListImageScoresRequest request) {
        FieldViolations violations = new FieldViolations();
        checkSize(request.getPageSize(), violations);
        violations.require(
                request.getSubset().isEmpty() || LayerMem.SUBSETS.contains(request.getSubset()),
                "subset",
                "must be one of %s, or empty for all, is \"%s\"".formatted(LayerMem.SUBSETS, request.getSubset()));
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.LAYER_MEM, violations);
        LayerMemResult result = message(artifact, LayerMemResult.newBuilder()).build();
        String layer = request.getLayer().isEmpty()
                ? result.getLayers(result.getLayersCount() - 1).getLayer()
                : request.getLayer();
        boolean known = result.getLayersList().stream().anyMatch(row -> row.getLayer().equals(layer));
        violations.require(known, "layer", "is no row of the run's result: \"" + layer + "\"");
        OptionalInt place = PageTokens.place(request.getPageToken(), LayerImages.listing(request, layer));
        violations.require(place.isPresent(), "page_token", "was not made by this listing");
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        LayerImages rows = images.get(artifact + "/" + layer, _ -> readImages(artifact, layer));
        return rows.page(request, place.getAsInt(), size(request.getPageSize()));
    }

    private static void checkSize(int pageSize, FieldViolations violations) {
        violations.require(
                pageSize >= 0 && pageSize <= LARGEST_PAGE,
                "page_size",
                "must be 1 to %d, or 0 for %d, is %d".formatted(LARGEST_PAGE, DEFAULT_PAGE, pageSize));
    }

    private static int size(int pageSize) {
        return pageSize == 0 ? DEFAULT_PAGE : pageSize;
    }

    private String find(String run, RunSpec.TaskCase kind) {
        return artifacts.find(run, kind, new FieldViolations());
    }

    private <B extends Message.Builder> B message(String artifact, B builder) {
        try {
            return ResultJson.read(text(artifact, ResultJson.FILE_NAME), builder);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(artifact, ResultJson.FILE_NAME, e);
        }
    }

    private UnitPages readUnits(String artifact) {
        try {
            return UnitPages.of(UnitTable.read(text(artifact, UnitTable.FILE_NAME)));
        } catch (IllegalArgumentException e) {
            throw unreadable(artifact, UnitTable.FILE_NAME, e);
        }
    }

    private LayerImages readImages(String artifact, String layer) {
        try {
            return new LayerImages(layer, ImageTable.read(artifacts.open(artifact).file(ImageTable.FILE_NAME), layer));
        } catch (IllegalArgumentException e) {
            throw unreadable(artifact, ImageTable.FILE_NAME, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String artifact, String file) {
        return new String(artifacts.open(artifact).bytes(file), StandardCharsets.UTF_8);
    }

    private static DataLossException unreadable(String artifact, String file, Exception cause) {
        return DataLossException.unreadable("artifacts/%s/%s".formatted(artifact, file), cause.getMessage());
    }
}
