package dev.engram.attack.run;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for a spec by itself; the rest depends on the pair's split and images. */
final class DejaVuRules {
    static final String PROJECTOR = "projector";
    static final String BACKBONE = "backbone";
    static final int DEFAULT_RESAMPLES = 2000;

    private static final List<String> CUTS = List.of(PROJECTOR, BACKBONE);
    private static final int FEWEST_RESAMPLES = 100;
    private static final int MOST_RESAMPLES = 100_000;
    private static final int MOST_CROPS = 16;

    private DejaVuRules() {}

    static void check(DejaVuSpec spec, FieldViolations violations) {
        violations.require(
                ResourceName.parse(spec.getPair()).filter(name -> name.collection().equals("pairs")).isPresent(),
                "spec.pair",
                spec.getPair().isEmpty() ? "is required" : "must be pairs/{pair}, is \"%s\"".formatted(spec.getPair()));
        violations.require(
                spec.getCropsCount() <= MOST_CROPS,
                "spec.crops",
                "must be at most %d, are %d".formatted(MOST_CROPS, spec.getCropsCount()));
        checkCrops(spec, violations);
        violations.require(
                spec.getK() >= 0,
                "spec.k",
                "must be 1 to the size of the public set's smallest class, or 0 for the default, is " + spec.getK());
        violations.require(
                spec.getCut().isEmpty() || CUTS.contains(spec.getCut()),
                "spec.cut",
                "must be one of %s, is \"%s\"".formatted(String.join(", ", CUTS), spec.getCut()));
        violations.require(
                spec.getResamples() == 0
                        || (spec.getResamples() >= FEWEST_RESAMPLES && spec.getResamples() <= MOST_RESAMPLES),
                "spec.resamples",
                "must be %d to %d, or 0 for %d, is %d"
                        .formatted(FEWEST_RESAMPLES, MOST_RESAMPLES, DEFAULT_RESAMPLES, spec.getResamples()));
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

    private static void checkCrop(Crop crop, String field, FieldViolations violations) {
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
            case KIND_NOT_SET -> violations.add(field, "must be a corner or a periphery");
        }
    }
}
