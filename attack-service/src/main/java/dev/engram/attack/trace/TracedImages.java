package dev.engram.attack.trace;

import dev.engram.attack.dejavu.Cell;
import dev.engram.attack.run.Direction;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TracedPruningPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Which images a plan is about. */
final class TracedImages {
    private TracedImages() {}

    /**
     * Those that are named, or all that are memorized, in the attack's order; what cannot be traced is reported.
     *
     * @param seen the direction of the images that the encoder saw
     */
    static List<Long> of(TracedPruningPlan plan, AttackVerdicts attack, Direction seen, FieldViolations violations) {
        Map<Long, Cell> cells = attack.of(plan.getCrop(), seen.key());
        if (cells.isEmpty()) {
            violations.add("plan.crop", "%s has no crop %d".formatted(plan.getDejaVu(), plan.getCrop()));
            return List.of();
        }
        if (plan.getImagesCount() > 0) {
            IntStream.range(0, plan.getImagesCount()).forEach(i -> violations.require(
                    cells.containsKey(plan.getImages(i)),
                    "plan.images[" + i + "]",
                    "%d is no attacked image that only %s saw".formatted(plan.getImages(i), seen.target().key())));
            Set<Long> named = Set.copyOf(plan.getImagesList());
            return cells.keySet().stream().filter(named::contains).toList();
        }
        List<Long> memorized = cells.entrySet().stream()
                .filter(cell -> cell.getValue() == Cell.MEMORIZED)
                .map(Map.Entry::getKey)
                .limit(plan.getMostImages() == 0 ? TracedPlanRules.MOST_IMAGES : plan.getMostImages())
                .toList();
        violations.require(
                !memorized.isEmpty(), "plan.crop", "no image that only %s saw is memorized at crop %d".formatted(seen.target().key(), plan.getCrop()));
        return memorized;
    }
}
