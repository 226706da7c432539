package dev.engram.attack.sweep;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.attack.run.DejaVuRules;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.Refusals;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.SweepAxis;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan must be, the recipe of each of its points included: asked of who trains, before anything is trained. */
final class PlanRules {
    private static final int FEWEST_VALUES = 2;
    private static final int MOST_VALUES = 20;
    private static final int MOST_SEEDS = 20;
    private static final long LARGEST_SEED = 999_999_999_999L;

    private final AttackSweepPlan plan;
    private final SweepServices services;
    private final FieldViolations violations;
    private final PlannedSplits splits;

    private PlanRules(AttackSweepPlan plan, SweepServices services, FieldViolations violations) {
        this.plan = plan;
        this.services = services;
        this.violations = violations;
        this.splits = new PlannedSplits(plan, services, violations);
    }

    /** Reports every problem of a plan, by its path in the request. */
    static PlannedSplits check(AttackSweepPlan plan, SweepServices services, FieldViolations violations) {
        PlanRules rules = new PlanRules(plan, services, violations);
        violations.require(plan.hasRecipe(), "plan.recipe", "is required");
        violations.require(plan.getRecipe().getSeed() == 0, "plan.recipe.seed", "must be unset: each point is trained with all of plan.seeds");
        rules.checkSeeds();
        rules.checkAttack();
        boolean readable = rules.checkAxes();
        if (readable && plan.hasRecipe()) {
            rules.checkPoints(PlannedPoint.of(plan));
        }
        return rules.splits;
    }

    private void checkSeeds() {
        violations.require(
                plan.getSeedsCount() <= MOST_SEEDS, "plan.seeds", "must be at most %d, are %d".formatted(MOST_SEEDS, plan.getSeedsCount()));
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < plan.getSeedsCount(); i++) {
            long seed = plan.getSeeds(i);
            violations.require(seed >= 0 && seed <= LARGEST_SEED, "plan.seeds[" + i + "]", "must be 0 to %d, is %d".formatted(LARGEST_SEED, seed));
            violations.require(seeds.add(seed), "plan.seeds[" + i + "]", "is there already: " + seed);
        }
    }

    private void checkAttack() {
        DejaVuSpec attack = plan.getDejaVu();
        violations.require(attack.getPair().isEmpty(), "plan.deja_vu.pair", "must be unset: each point has a pair of its own");
        violations.require(attack.getReplicatesCount() == 0, "plan.deja_vu.replicates", "must be unset: further trainings of a point are plan.seeds");
        FieldViolations own = new FieldViolations();
        DejaVuRules.checkAttack(attack, own);
        own.list().forEach(violation ->
                violations.add(violation.getField().replaceFirst("^spec", "plan.deja_vu"), violation.getDescription()));
    }

    /** Whether the points can be made of them. */
    private boolean checkAxes() {
        int before = violations.list().size();
        violations.require(
                plan.getAxesList().stream().filter(axis -> PlannedSplits.SIZES.contains(axis.getField())).count() < 2,
                "plan.axes",
                "must not change the size of the data twice");
        violations.require(
                plan.getAxesCount() <= SweepRules.MOST_AXES,
                "plan.axes",
                "must be at most %d, are %d".formatted(SweepRules.MOST_AXES, plan.getAxesCount()));
        Set<String> fields = new HashSet<>();
        for (int i = 0; i < plan.getAxesCount(); i++) {
            String path = "plan.axes[" + i + "]";
            SweepAxis axis = plan.getAxes(i);
            violations.require(fields.add(axis.getField()), path + ".field", "is another axis's too: " + axis.getField());
            checkValues(path, axis);
        }
        long pairs = (long) Math.max(1, plan.getSeedsCount());
        for (SweepAxis axis : plan.getAxesList()) {
            pairs *= axis.getValuesCount();
        }
        violations.require(
                pairs <= SweepRules.MOST_ATTACKS,
                "plan.axes",
                "must make at most %d pairs, with plan.seeds they make %d".formatted(SweepRules.MOST_ATTACKS, pairs));
        return violations.list().size() == before;
    }

    private void checkValues(String path, SweepAxis axis) {
        int count = axis.getValuesCount();
        violations.require(
                count >= FEWEST_VALUES && count <= MOST_VALUES,
                path + ".values",
                "must be %d to %d, are %d".formatted(FEWEST_VALUES, MOST_VALUES, count));
        SweptField field = field(path, axis);
        for (int i = 0; i < count; i++) {
            String at = path + ".values[" + i + "]";
            String value = axis.getValues(i);
            SweepRules.checkText(at, value, violations);
            if (PlannedSplits.SIZES.contains(axis.getField())) {
                splits.checkSize(axis.getField(), at, value);
            } else if (field != null) {
                tryValue(at, field, value);
            }
        }
    }

    /** Null if it is no field of a recipe. */
    private SweptField field(String path, SweepAxis axis) {
        if (axis.getField().equals(PlannedSplits.SPLIT) || PlannedSplits.SIZES.contains(axis.getField())) {
            return null;
        }
        try {
            return SweptField.of(axis.getField());
        } catch (IllegalArgumentException e) {
            violations.add(path + ".field", e.getMessage());
            return null;
        }
    }

    private void tryValue(String at, SweptField field, String value) {
        try {
            field.set(plan.getRecipe().toBuilder(), value);
        } catch (IllegalArgumentException e) {
            violations.add(at, e.getMessage());
        }
    }

    private void checkPoints(List<PlannedPoint> points) {
        checkDifferent(points);
        Map<FieldViolation, List<PlannedPoint>> refused = new LinkedHashMap<>();
        for (PlannedPoint point : points) {
            for (FieldViolation violation : refusedOf(point)) {
                refused.computeIfAbsent(violation, _ -> new ArrayList<>()).add(point);
            }
        }
        Set<List<String>> told = new HashSet<>();
        refused.forEach((violation, by) -> by.forEach(point -> {
            String field = field(violation, point);
            boolean here = field.startsWith("plan.axes");
            String when = here || by.size() == points.size() ? "" : "with %s: ".formatted(settings(point));
            if (told.add(List.of(field, violation.getDescription(), when))) {
                violations.add(field, when + violation.getDescription());
            }
        }));
    }

    /** Two settings that are one would be trained twice and look like two. */
    private void checkDifferent(List<PlannedPoint> points) {
        for (int i = 0; i < plan.getAxesCount(); i++) {
            int axis = i;
            List<PlannedPoint> along = points.stream()
                    .filter(point -> point.places().stream().filter(place -> place != 0).count() == (point.places().get(axis) == 0 ? 0 : 1))
                    .toList();
            for (PlannedPoint point : along) {
                along.stream().filter(other -> other.number() < point.number() && other.isTrainedAs(point)).findFirst().ifPresent(other -> violations.add(
                        "plan.axes[%d].values[%d]".formatted(axis, point.places().get(axis)),
                        "is the same as " + other.values().get(axis)));
            }
        }
    }

    private List<FieldViolation> refusedOf(PlannedPoint point) {
        int images = point.size().isEmpty() ? splits.images(point.split()) : splits.imagesOf(point.size().getAsInt());
        try {
            services.checkRecipe(point.recipe(), images);
            return List.of();
        } catch (InvalidRunException | StatusRuntimeException e) {
            return Refusals.of(e);
        }
    }

    /** The value that is to blame, or the field of the recipe that all points have. */
    private String field(FieldViolation violation, PlannedPoint point) {
        for (int i = 0; i < plan.getAxesCount(); i++) {
            if (violation.getField().replaceFirst("\\[.*", "").equals("recipe." + plan.getAxes(i).getField())) {
                return "plan.axes[%d].values[%d]".formatted(i, point.places().get(i));
            }
        }
        return "plan." + violation.getField();
    }

    private String settings(PlannedPoint point) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < plan.getAxesCount(); i++) {
            settings.add(plan.getAxes(i).getField() + " " + point.values().get(i));
        }
        return String.join(", ", settings);
    }
}
