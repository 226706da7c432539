package dev.engram.attack.trace;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.TracedPruningPlan;
import java.util.HashSet;
import java.util.Set;

/** What can be said of a request before anything is looked up; which units there are, the metrics service says. */
final class TracedPlanRules {
    static final int LONGEST_ID = 32;
    static final int MOST_IMAGES = 10_000;

    private TracedPlanRules() {}

    static void check(CreateTracedPruningRequest request, FieldViolations violations) {
        String id = request.getRunId();
        violations.require(
                id.isEmpty() || ResourceName.isId(id) && id.length() <= LONGEST_ID,
                "run_id",
                "must be lower-case letters, digits and hyphens, at most %d characters, is \"%s\"".formatted(LONGEST_ID, id));
        TracedPruningPlan plan = request.getPlan();
        TracedPruningRules.requireName("runs", plan.getDejaVu(), "plan.deja_vu", violations);
        TracedPruningRules.requireName("runs", plan.getUnitMem(), "plan.unit_mem", violations);
        violations.require(plan.getCrop() >= 0, "plan.crop", "must be at least 0, is " + plan.getCrop());
        violations.require(
                plan.getImagesCount() <= MOST_IMAGES, "plan.images", "must be at most %d, are %d".formatted(MOST_IMAGES, plan.getImagesCount()));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < Math.min(plan.getImagesCount(), MOST_IMAGES); i++) {
            violations.require(seen.add(plan.getImages(i)), "plan.images[" + i + "]", "is there already: " + plan.getImages(i));
        }
        violations.require(
                plan.getMostImages() >= 0 && plan.getMostImages() <= MOST_IMAGES,
                "plan.most_images",
                "must be 1 to %d, or 0 for all, is %d".formatted(MOST_IMAGES, plan.getMostImages()));
        violations.require(
                plan.getMostImages() == 0 || plan.getImagesCount() == 0, "plan.most_images", "must be unset where the images are named");
        violations.require(
                plan.getControls() >= 0 && plan.getControls() <= TracedPruningRules.MOST_CONTROLS,
                "plan.controls",
                "must be 1 to %d, or 0 for %d, is %d"
                        .formatted(TracedPruningRules.MOST_CONTROLS, TracedPruningOrders.DEFAULT_CONTROLS, plan.getControls()));
    }
}
