package dev.engram.metrics.result;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.ViewRecipe;
import dev.engram.metrics.task.AskedViews;
import dev.engram.metrics.task.MeasureRules;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Distance;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be known before two results stand beside each other, in sentences. None: they compare as they are. */
final class Comparability {
    private final Trainings trainings;

    Comparability(Trainings trainings) {
        this.trainings = trainings;
    }

    /** Knows by which augmentation a measure saw images, also where its spec leaves that to a training. */
    @FunctionalInterface
    interface Trainings {
        /** Empty if it cannot be known any more; see {@link ResultArtifacts#augmentation}. */
        Optional<AugmentationRecipe> augmentation(String pair, boolean reference, AskedViews asked);
    }

    /** The views of a measure: what its spec says of them. */
    private record Seen(String pair, boolean reference, AskedViews asked, long seed) {
        static Seen of(LayerMemSpec spec) {
            return new Seen(spec.getPair(), false, AskedViews.of(spec), spec.getSeed());
        }

        static Seen of(UnitMemSpec spec) {
            return new Seen(spec.getPair(), spec.getReference(), AskedViews.of(spec), spec.getSeed());
        }
    }

    /**
     * A UnitMem beside a LayerMem.
     *
     * @throws InvalidRunException naming {@code layer_mem} if they measure different pairs, whose images have nothing to do with each other
     */
    List<String> of(FinishedRun units, FinishedRun layers, FieldViolations violations) {
        UnitMemSpec unitMem = units.spec().getUnitMem();
        LayerMemSpec layerMem = layers.spec().getLayerMem();
        requireSamePair("UnitMem", unitMem.getPair(), "layer_mem", "LayerMem", layerMem.getPair(), violations);
        List<String> warnings = new ArrayList<>();
        views("UnitMem", unitMem.getViews(), "LayerMem", layerMem.getViews(), warnings);
        sameViews(Seen.of(unitMem), Seen.of(layerMem), warnings);
        if (unitMem.getReference()) {
            warnings.add("The units are those of g, but SSLMem says what f remembers: a positive score is no memory of g.");
        }
        return List.copyOf(warnings);
    }

    /** Two LayerMems, over {@code firstImages} and {@code secondImages} images of a subset, of which {@code common} are in both. */
    List<String> of(LayerMemSpec first, int firstImages, LayerMemSpec second, int secondImages, int common) {
        List<String> warnings = new ArrayList<>();
        views("the first", first.getViews(), "the second", second.getViews(), warnings);
        sameViews(Seen.of(first), Seen.of(second), warnings);
        if (distance(first) != distance(second) || first.getPooled() != second.getPooled() || first.getRaw() != second.getRaw()) {
            warnings.add("The two measure distance differently (distance, pooled or raw).");
        }
        if (isAgainstOriginal(first) != isAgainstOriginal(second)) {
            warnings.add("One compares views with each other, the other with the image itself. Ranks compare, levels do not.");
        }
        if (isByRange(first) || isByRange(second)) {
            warnings.add("Scores divided by the range of their run's images: ranks compare, levels do not.");
        }
        if (firstImages != common || secondImages != common) {
            warnings.add("They measured %d and %d images of the subset; the %d in both are compared.".formatted(firstImages, secondImages, common));
        }
        return List.copyOf(warnings);
    }

    /** @throws InvalidRunException naming {@code field} unless both pairs are the same */
    static void requireSamePair(
            String measure, String pair, String field, String otherMeasure, String otherPair, FieldViolations violations) {
        violations.require(
                pair.equals(otherPair),
                field,
                "must measure the same pair: the %s is of %s, the %s of %s".formatted(measure, pair, otherMeasure, otherPair));
        ResultArtifacts.refuse(violations);
    }

    private static void views(String first, int firstViews, String second, int secondViews, List<String> warnings) {
        int one = MeasureRules.views(firstViews);
        int other = MeasureRules.views(secondViews);
        if (one != other) {
            warnings.add("Different numbers of views: %s is of %d an image, %s of %d. Ranks compare, levels do not.".formatted(first, one, second, other));
        }
    }

    private void sameViews(Seen first, Seen second, List<String> warnings) {
        if (first.seed != second.seed) {
            warnings.add("The two saw different views of the images: their seeds are %d and %d.".formatted(first.seed, second.seed));
        }
        if (!first.equals(second) && !made(first).filter(recipes -> made(second).filter(recipes::equals).isPresent()).isPresent()) {
            warnings.add("The two saw views by different augmentations: of the training of what they measure, unless their specs name others. Ranks compare, levels do not.");
        }
    }

    /** How single views are made: the recipes of the first group; its sides and the normalization are the encoder's. */
    private Optional<List<ViewRecipe>> made(Seen seen) {
        return trainings.augmentation(seen.pair, seen.reference, seen.asked).map(recipe -> recipe.groups().getFirst().recipes());
    }

    private static boolean isByRange(LayerMemSpec spec) {
        return spec.getNormalization() == LayerMemSpec.Normalization.RANGE;
    }

    private static boolean isAgainstOriginal(LayerMemSpec spec) {
        return spec.getCompared() == LayerMemSpec.Compared.ORIGINAL;
    }

    private static Distance distance(LayerMemSpec spec) {
        return spec.getDistance() == Distance.DISTANCE_UNSPECIFIED ? Distance.L2 : spec.getDistance();
    }
}
