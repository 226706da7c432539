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
    private final int pair;
    private final AttackPlan plan;
    private final Map<String, Path> files;
    private final Map<Long, Integer> publicLabels = new HashMap<>();

    /**
     * @param pair 0 for the attacked pair, 1 and on for its replicates
     * @param files of every unit, by name
     */
    Verdicts(int pair, AttackPlan plan, Map<String, Path> files) {
        this.pair = pair;
        this.plan = plan;
        this.files = files;
        ImageSet images = plan.images();
        for (int index : plan.publicIndices()) {
            publicLabels.put((long) images.id(index), images.label(index));
        }
    }

    /** One row per attacked image, in the plan's order. */
    List<AttackedRow> of(int cut, int crop, Direction direction) throws IOException {
        List<Found> reference = found(direction.reference(), cut, crop, direction);
        List<AttackedRow> rows = new ArrayList<>();
        for (AttackedRow row : targets(cut, crop, direction)) {
            Found found = reference.get(rows.size());
            rows.add(row.against(found.vote, found.nearest));
        }
        return rows;
    }

    /** The same with the target's vote alone, which stands in the reference's place too. */
    List<AttackedRow> targets(int cut, int crop, Direction direction) throws IOException {
        List<Found> target = found(direction.target(), cut, crop, direction);
        AttackPlan.Attacked attacked = plan.attacked(crop, direction);
        CropSelection crops = attacked.crops();
        List<AttackedRow> rows = new ArrayList<>();
        for (int i = 0; i < crops.size(); i++) {
            int index = crops.indices()[i];
            Found found = target.get(i);
            rows.add(new AttackedRow(
                    plan.result(cut, crop),
                    direction,
                    new LabelInference(plan.images().id(index), plan.images().label(index), found.vote, found.vote),
                    crops.rectangles().get(i),
                    attacked.contents().flat()[i],
                    attacked.contents().repeated()[i],
                    plan.images().repeatCount(index),
                    found.nearest,
                    found.nearest));
        }
        return rows;
    }

    /** What an encoder says of each attacked crop, and the nearest public images where neighbours say it. */
    private record Found(NeighborVote vote, long[] nearest) {}

    private List<Found> found(Direction.Side encoder, int cut, int crop, Direction direction) throws IOException {
        Path file = files.get(plan.fileName(new AttackUnit(pair, encoder, crop, direction), cut));
        List<Found> found = new ArrayList<>();
        if (plan.isLogits(cut)) {
            for (float[] logits : LogitTable.read(file)) {
                found.add(new Found(NeighborVote.ofLogits(logits), new long[0]));
            }
            return found;
        }
        for (long[] neighbors : NeighborTable.read(file).neighbors()) {
            found.add(new Found(vote(neighbors), nearest(neighbors)));
        }
        return found;
    }

    private NeighborVote vote(long[] neighbors) {
        int[] labels = Arrays.stream(neighbors).mapToInt(publicLabels::get).toArray();
        return NeighborVote.of(labels, plan.images().classNames().size());
    }

    private static long[] nearest(long[] neighbors) {
        return Arrays.copyOf(neighbors, Math.min(neighbors.length, AttackedRow.NEIGHBORS));
    }
}
