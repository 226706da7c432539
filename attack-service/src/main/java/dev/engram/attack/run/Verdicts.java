package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.attack.dejavu.LabelInference;
import dev.engram.attack.dejavu.NeighborVote;
import dev.engram.encoders.data.ImageSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets the neighbours found for one crop in one direction vote. */
final class Verdicts {
    private final AttackPlan plan;
    private final Map<String, Path> files;
    private final Map<Long, Integer> publicLabels = new HashMap<>();

    /** @param files of every unit, by name */
    Verdicts(AttackPlan plan, Map<String, Path> files) {
        this.plan = plan;
        this.files = files;
        ImageSet images = plan.images();
        for (int index : plan.publicIndices()) {
            publicLabels.put((long) images.id(index), images.label(index));
        }
    }

    /** One row per attacked image, in the plan's order. */
    List<AttackedRow> of(int crop, Direction direction) throws IOException {
        NeighborTable target = table(new AttackUnit(direction.target(), crop, direction));
        NeighborTable reference = table(new AttackUnit(direction.reference(), crop, direction));
        AttackPlan.Attacked attacked = plan.attacked(crop, direction);
        CropSelection crops = attacked.crops();
        List<AttackedRow> rows = new ArrayList<>();
        for (int i = 0; i < crops.size(); i++) {
            int index = crops.indices()[i];
            LabelInference inference = new LabelInference(
                    plan.images().id(index),
                    plan.images().label(index),
                    vote(target.neighbors()[i]),
                    vote(reference.neighbors()[i]));
            rows.add(new AttackedRow(
                    crop,
                    direction,
                    inference,
                    crops.rectangles().get(i),
                    attacked.contents().flat()[i],
                    attacked.contents().repeated()[i],
                    nearest(target.neighbors()[i]),
                    nearest(reference.neighbors()[i])));
        }
        return rows;
    }

    private NeighborTable table(AttackUnit unit) throws IOException {
        return NeighborTable.read(files.get(unit.fileName()));
    }

    private NeighborVote vote(long[] neighbors) {
        int[] labels = Arrays.stream(neighbors).mapToInt(publicLabels::get).toArray();
        return NeighborVote.of(labels, plan.images().classNames().size());
    }

    private static long[] nearest(long[] neighbors) {
        return Arrays.copyOf(neighbors, Math.min(neighbors.length, AttackedRow.NEIGHBORS));
    }
}
