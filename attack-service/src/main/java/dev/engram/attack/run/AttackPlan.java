package dev.engram.attack.run;

import static java.util.Objects.requireNonNull;

import dev.engram.attack.crop.CropContents;
import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.dejavu.PublicLabels;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a spec comes to on a split: the crops with every default visible, k, the public set, and which part of which image is
 * attacked in each direction. Known before any encoder is asked.
 */
final class AttackPlan {
    /** One crop in one direction. */
    record Attacked(CropSelection crops, CropContents contents) {}

    private final ImageSet images;
    private final int[] publicIndices;
    private final PublicLabels publicLabels;
    private final int k;
    private final List<Crop> crops = new ArrayList<>();
    private final List<Map<Direction, Attacked>> attacked = new ArrayList<>();

    /** @throws IllegalArgumentException if the spec cannot be carried out on these images, naming the field and why */
    AttackPlan(DejaVuSpec spec, ImageSet images, Split split) {
        this.images = requireNonNull(images, "images");
        this.publicIndices = split.indices(Part.PUBLIC);
        this.publicLabels = new PublicLabels(images.labels(publicIndices), images.classNames());
        this.k = publicLabels.neighbors(spec.getK());
        for (Crop asked : CropSpecs.orDefault(spec.getCropsList())) {
            addCrop(CropSpecs.withDefaults(asked, images.shape()), split);
        }
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

    List<Crop> crops() {
        return crops;
    }

    Attacked attacked(int crop, Direction direction) {
        return attacked.get(crop).get(direction);
    }

    /** Images of the split that a direction is about, with or without a part to attack from. */
    int images(Direction direction) {
        CropSelection any = attacked(0, direction).crops();
        return any.size() + any.leftOut();
    }

    /** Images attacked by one encoder, over all crops and directions. */
    int attackedImages() {
        int sum = 0;
        for (Map<Direction, Attacked> directions : attacked) {
            for (Attacked direction : directions.values()) {
                sum += direction.crops().size();
            }
        }
        return sum;
    }
}
