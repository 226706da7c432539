package dev.engram.attack.run;

import dev.engram.encoders.features.CutFeatures;
import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.GridCellCrop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for a spec by itself; the rest depends on the pair's split and images. */
public final class DejaVuRules {
    /** Of a bootstrap, where the spec says nothing. */
    public static final int DEFAULT_RESAMPLES = 2000;

    private static final int FEWEST_RESAMPLES = 100;
    private static final int MOST_RESAMPLES = 100_000;
    private static final int MOST_CROPS = 16;
    private static final int MOST_CUTS = 16;
    private static final int MOST_REPLICATES = 15;
    private static final int LONGEST_CUT = 200;
    private static final int LARGEST_GRID = 16;

    private DejaVuRules() {}

    static void check(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                ResourceName.parse(spec.getPair()).filter(name -> name.collection().equals("pairs")).isPresent(),
                "spec.pair",
                spec.getPair().isEmpty() ? "is required" : "must be pairs/{pair}, is \"%s\"".formatted(spec.getPair()));
        checkReplicates(spec, violations);
        checkAttack(spec, violations);
    }

    /** What does not depend on whom the attack is against. Fields are named from {@code spec} on. */
    public static void checkAttack(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                spec.getCropsCount() <= MOST_CROPS,
                "spec.crops",
                "must be at most %d, are %d".formatted(MOST_CROPS, spec.getCropsCount()));
        checkCrops(spec, violations);
        checkCuts(spec, violations);
        checkVotes(spec, violations);
    }

    /** Of the attack what is neither a crop nor a cut. */
    static void checkVotes(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                spec.getK() >= 0,
                "spec.k",
                "must be 1 to the size of the public set's smallest class, or 0 for the default, is " + spec.getK());
        violations.require(
                spec.getResamples() == 0
                        || (spec.getResamples() >= FEWEST_RESAMPLES && spec.getResamples() <= MOST_RESAMPLES),
                "spec.resamples",
                "must be %d to %d, or 0 for %d, is %d"
                        .formatted(FEWEST_RESAMPLES, MOST_RESAMPLES, DEFAULT_RESAMPLES, spec.getResamples()));
    }

    /** Where the encoders are cut, with the default visible. */
    static List<String> cuts(DejaVuSpec spec) {
        return spec.getCutsCount() == 0 ? List.of(CutFeatures.PROJECTOR) : spec.getCutsList();
    }

    private static void checkCuts(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                spec.getCutsCount() <= MOST_CUTS,
                "spec.cuts",
                "must be at most %d, are %d".formatted(MOST_CUTS, spec.getCutsCount()));
        for (int i = 0; i < spec.getCutsCount(); i++) {
            String cut = spec.getCuts(i);
            String field = "spec.cuts[" + i + "]";
            checkCut(cut, field, violations);
            violations.require(spec.getCutsList().indexOf(cut) == i, field, "is there twice");
        }
    }

    static void checkCut(String cut, String field, FieldViolations violations) {
        violations.require(
                !cut.isBlank() && cut.length() <= LONGEST_CUT,
                field,
                "must be projector, backbone, logits or a layer's path, is \"%s\"".formatted(cut));
    }

    private static void checkReplicates(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                spec.getReplicatesCount() <= MOST_REPLICATES,
                "spec.replicates",
                "must be at most %d, are %d".formatted(MOST_REPLICATES, spec.getReplicatesCount()));
        Set<String> seen = new HashSet<>(Set.of(spec.getPair()));
        for (int i = 0; i < spec.getReplicatesCount(); i++) {
            String pair = spec.getReplicates(i);
            String field = "spec.replicates[" + i + "]";
            violations.require(
                    ResourceName.parse(pair).filter(name -> name.collection().equals("pairs")).isPresent(),
                    field,
                    "must be pairs/{pair}, is \"%s\"".formatted(pair));
            violations.require(seen.add(pair), field, pair.equals(spec.getPair()) ? "is the attacked pair itself" : "is there twice");
        }
    }

    private static void checkCrops(DejaVuSpec spec, FieldViolations violations) {
        Set<Crop> seen = new HashSet<>();
        for (int i = 0; i < spec.getCropsCount(); i++) {
            Crop crop = spec.getCrops(i);
            String field = "spec.crops[" + i + "]";
            checkCrop(crop, field, violations);
            violations.require(seen.add(CropSpecs.withDefaults(crop)), field, "is there twice");
        }
    }

    static void checkCrop(Crop crop, String field, FieldViolations violations) {
        switch (crop.getKindCase()) {
            case CORNER -> {
                double fraction = crop.getCorner().getFraction();
                violations.require(
                        fraction == 0 || (fraction > 0 && fraction < 1),
                        field + ".corner.fraction",
                        "must be in (0, 1), is " + fraction);
                violations.require(
                        crop.getCorner().getCorner() != Crop.Corner.UNRECOGNIZED,
                        field + ".corner.corner",
                        "is no known corner: " + crop.getCorner().getCornerValue());
            }
            case PERIPHERY -> violations.require(
                    crop.getPeriphery().getMinSide() >= 0,
                    field + ".periphery.min_side",
                    "must be at least 0, is " + crop.getPeriphery().getMinSide());
            case EMPTY_RECTANGLE -> violations.require(
                    crop.getEmptyRectangle().getMinSide() >= 0,
                    field + ".empty_rectangle.min_side",
                    "must be at least 0, is " + crop.getEmptyRectangle().getMinSide());
            case GRID_CELL -> checkCell(crop.getGridCell(), field + ".grid_cell", violations);
            case KIND_NOT_SET -> violations.add(field, "must be a corner, a periphery, an empty rectangle or a grid cell");
        }
    }

    private static void checkCell(GridCellCrop cell, String field, FieldViolations violations) {
        boolean grid = isGrid(cell.getRows()) && isGrid(cell.getColumns()) && cell.getRows() * cell.getColumns() > 1;
        violations.require(
                grid,
                field,
                "must have 1 to %d rows and columns and more than one cell, has %d x %d"
                        .formatted(LARGEST_GRID, cell.getRows(), cell.getColumns()));
        violations.require(
                !grid || (cell.getRow() >= 0 && cell.getRow() < cell.getRows()),
                field + ".row",
                "must be 0 to %d, is %d".formatted(cell.getRows() - 1, cell.getRow()));
        violations.require(
                !grid || (cell.getColumn() >= 0 && cell.getColumn() < cell.getColumns()),
                field + ".column",
                "must be 0 to %d, is %d".formatted(cell.getColumns() - 1, cell.getColumn()));
    }

    private static boolean isGrid(int side) {
        return side >= 1 && side <= LARGEST_GRID;
    }
}
