package dev.engram.metrics.result;

import dev.engram.metrics.layermem.SslMem;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.UnitRow;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.GetImageScoresRequest;
import dev.engram.v1.ImageScoreAtLayer;
import dev.engram.v1.ImageScores;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Results from an image's side: its score by depth, the units it drives, and which images own most units. Every method throws
 * {@link InvalidRunException} with every wrong field, {@link ObjectNotFoundException} if there is no such run or image, and
 * {@link RunStateException} until the run has succeeded. Thread-safe.
 */
public final class ImageResults {
    private final ResultArtifacts artifacts;
    private final ResultFiles files;

    ImageResults(ResultArtifacts artifacts, ResultFiles files) {
        this.artifacts = artifacts;
        this.files = files;
    }

    /** One image at every layer of a LayerMem, with its rank in its subset. */
    public ImageScores scores(GetImageScoresRequest request) {
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.LAYER_MEM, new FieldViolations());
        SslMemTable table = files.table(artifact);
        int place = IntStream.range(0, table.imageIds().length)
                .filter(i -> table.imageIds()[i] == request.getImageId())
                .findFirst()
                .orElseThrow(() -> new ObjectNotFoundException(
                        "image %d in %s".formatted(request.getImageId(), request.getRun())));
        int[] subset = table.positions(table.subsets()[place]);
        ImageScores.Builder scores = ImageScores.newBuilder()
                .setImageId(request.getImageId())
                .setSubset(table.subsets()[place])
                .setSubsetImages(subset.length);
        for (int layer = 0; layer < table.layers().size(); layer++) {
            scores.addLayers(atLayer(table, layer, place, subset));
        }
        return scores.build();
    }

    private static ImageScoreAtLayer atLayer(SslMemTable table, int layer, int image, int[] subset) {
        SslMem score = table.at(layer, image);
        int higher = (int) IntStream.of(subset)
                .filter(other -> table.at(layer, other).score() > score.score())
                .count();
        return ImageScoreAtLayer.newBuilder()
                .setLayer(table.layers().get(layer).layer())
                .setPoint(table.layers().get(layer).point())
                .setDepth(table.layers().get(layer).depth())
                .setScore(score.score())
                .setDistanceF(score.candidate())
                .setDistanceG(score.reference())
                .setDegenerate(score.degenerate())
                .setRank(1 + higher)
                .build();
    }

    /** A page of the units that keep an image among their top images. */
    public ListUnitsOfImageResponse units(ListUnitsOfImageRequest request) {
        FieldViolations violations = new FieldViolations();
        PageSize.check(request.getPageSize(), violations);
        String artifact = artifacts.find(request.getRun(), RunSpec.TaskCase.UNIT_MEM, violations);
        List<UnitRow> units = files.units(artifact);
        checkLayer(units, request.getLayer(), violations);
        OptionalInt place = PageTokens.place(request.getPageToken(), UnitsOfImage.listing(request));
        violations.require(place.isPresent(), "page_token", "was not made by this listing");
        ResultArtifacts.refuse(violations);
        return UnitsOfImage.of(units, request.getImageId())
                .page(request, place.getAsInt(), PageSize.of(request.getPageSize()));
    }

    /** A page of the images that own most of the units with the highest UnitMem. */
    public ListUnitOwnersResponse owners(ListUnitOwnersRequest request) {
        FieldViolations violations = new FieldViolations();
        PageSize.check(request.getPageSize(), violations);
        violations.require(
                request.getPercent() >= 0 && request.getPercent() <= 100,
                "percent",
                "must be above 0 and at most 100, or 0 for 10, is " + request.getPercent());
        violations.require(
                request.getLayer().isEmpty() || request.getPoint().isEmpty(), "point", "cannot be asked for together with a layer");
        FinishedRun unitMem = artifacts.find("run", request.getRun(), RunSpec.TaskCase.UNIT_MEM, violations);
        List<UnitRow> units = files.units(unitMem.artifact());
        checkLayer(units, request.getLayer(), violations);
        violations.require(
                request.getPoint().isEmpty()
                        || units.stream().anyMatch(row -> row.layer().point().equals(request.getPoint())),
                "point",
                "the run's encoder has no tap of point \"" + request.getPoint() + "\"");
        OptionalInt place = PageTokens.place(request.getPageToken(), UnitOwners.listing(request));
        violations.require(place.isPresent(), "page_token", "was not made by this listing");
        ResultArtifacts.refuse(violations);
        UnitOwners owners = UnitOwners.of(units.stream().filter(wanted(request)).toList(), request.getPercent());
        if (!request.getLayerMem().isEmpty()) {
            FinishedRun layerMem = artifacts.find(
                    "layer_mem", request.getLayerMem(), RunSpec.TaskCase.LAYER_MEM, violations);
            owners = owners.beside(files.table(layerMem.artifact()), new Comparability(artifacts::augmentation).of(unitMem, layerMem, violations));
        }
        return owners.page(request, place.getAsInt(), PageSize.of(request.getPageSize()));
    }

    private static Predicate<UnitRow> wanted(ListUnitOwnersRequest request) {
        if (!request.getLayer().isEmpty()) {
            return row -> row.layer().layer().equals(request.getLayer());
        }
        return row -> request.getPoint().isEmpty() || row.layer().point().equals(request.getPoint());
    }

    private static void checkLayer(List<UnitRow> units, String layer, FieldViolations violations) {
        violations.require(
                layer.isEmpty() || units.stream().anyMatch(row -> row.layer().layer().equals(layer)),
                "layer",
                "is no tap of the run's encoder: \"" + layer + "\"");
    }
}
