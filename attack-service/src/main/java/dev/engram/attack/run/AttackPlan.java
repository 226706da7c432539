package dev.engram.attack.run;

import static java.util.Objects.requireNonNull;

import dev.engram.attack.crop.CropContents;
import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.dejavu.PublicLabels;
import dev.engram.encoders.data.BalancedClasses;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a spec comes to on a split: cuts, the crops with every default visible, k, the public set, and which part of which image is
 * attacked in each direction. Known before any encoder is asked.
 */
final class AttackPlan {
    /** One crop in one direction. */
    record Attacked(CropSelection crops, CropContents contents) {}

    private final ImageSet images;
    private final Split split;
    private final int[] publicIndices;
    private final PublicLabels publicLabels;
    private final int k;
    private final List<String> cuts;
    private final List<Crop> crops = new ArrayList<>();
    private final List<Map<Direction, Attacked>> attacked = new ArrayList<>();

    /** @throws IllegalArgumentException if the spec cannot be carried out on these images, naming the field and why */
    AttackPlan(DejaVuSpec spec, ImageSet images, Split split) {
        this.images = requireNonNull(images, "images");
        this.split = requireNonNull(split, "split");
        this.publicIndices = publicIndices(spec, images, split);
        this.publicLabels = new PublicLabels(images.labels(publicIndices), images.classNames());
        this.k = publicLabels.neighbors(spec.getK());
        this.cuts = DejaVuRules.cuts(spec);
        for (Crop asked : CropSpecs.orDefault(spec.getCropsList())) {
            addCrop(CropSpecs.withDefaults(asked, images.shape()), split);
        }
    }

    private static int[] publicIndices(DejaVuSpec spec, ImageSet images, Split split) {
        int[] all = split.indices(Part.PUBLIC);
        return spec.getBalancedPublicSet() ? BalancedClasses.of(images, all, spec.getSeed()) : all;
    }

    private void addCrop(Crop crop, Split split) {
        Map<Direction, Attacked> directions = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            String field = "spec.crops[%d]: ".formatted(crops.size());
            CropSelection selection;
            try {
                selection = CropSpecs.select(crop, images, split.indices(direction.part()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + e.getMessage(), e);
            }
            if (selection.size() == 0) {
                throw new IllegalArgumentException("%sno %s image has a patch for %s"
                        .formatted(field, direction.key(), CropSpecs.describe(crop)));
            }
            directions.put(direction, new Attacked(selection, CropContents.of(images, selection)));
        }
        crops.add(crop);
        attacked.add(directions);
    }

    ImageSet images() {
        return images;
    }

    /** Positions of the public images in the image set. */
    int[] publicIndices() {
        return publicIndices;
    }

    PublicLabels publicLabels() {
        return publicLabels;
    }

    int k() {
        return k;
    }

    /** Where the encoders are cut. */
    List<String> cuts() {
        return cuts;
    }

    /** Index into the result's crops. */
    int result(int cut, int crop) {
        return cut * crops.size() + crop;
    }

    /** Whether a classifier is asked there instead of neighbours. */
    boolean isLogits(int cut) {
        return cuts.get(cut).equals(CutFeatures.LOGITS);
    }

    /** The file with what a unit finds at a cut. */
    String fileName(AttackUnit unit, int cut) {
        return unit.fileName(isLogits(cut) ? "logits" : "neighbors", result(cut, unit.crop()));
    }

    Split split() {
        return split;
    }

    List<Crop> crops() {
        return crops;
    }

    Attacked attacked(int crop, Direction direction) {
        return attacked.get(crop).get(direction);
    }

    /** Images of the split that a direction is about, with or without a part to attack from. */
    int images(Direction direction) {
        CropSelection any = attacked(0, direction).crops();
        return any.size() + any.leftOut().size();
    }
}
