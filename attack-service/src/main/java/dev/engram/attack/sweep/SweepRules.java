package dev.engram.attack.sweep;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.SweptAttack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a sweep's spec must be. */
final class SweepRules {
    static final int MOST_AXES = 2;
    static final int MOST_ATTACKS = 200;
    static final int LONGEST_TEXT = 100;

    private SweepRules() {}

    /** Reports every problem of a spec. */
    static void check(AttackSweepSpec spec, FieldViolations violations) {
        int axes = spec.getAxesCount();
        violations.require(axes <= MOST_AXES, "spec.axes", "must be at most %d, are %d".formatted(MOST_AXES, axes));
        for (int i = 0; i < axes; i++) {
            checkText("spec.axes[" + i + "]", spec.getAxes(i), violations);
            violations.require(spec.getAxesList().indexOf(spec.getAxes(i)) == i, "spec.axes[" + i + "]", "is there twice");
        }
        int count = spec.getAttacksCount();
        violations.require(
                count >= 1 && count <= MOST_ATTACKS, "spec.attacks", "must be 1 to %d, are %d".formatted(MOST_ATTACKS, count));
        Set<SweptAttack> settings = new HashSet<>();
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < count; i++) {
            SweptAttack attack = spec.getAttacks(i);
            String path = "spec.attacks[" + i + "]";
            checkValues(path, attack, axes, violations);
            violations.require(settings.add(attack.toBuilder().clearDejaVu().build()), path, "has values and seed of another");
            String run = attack.getDejaVu();
            violations.require(
                    ResourceName.parse(run).filter(ResourceName::isRun).isPresent(),
                    path + ".deja_vu",
                    run.isEmpty() ? "is required" : "must be runs/…, is \"" + run + "\"");
            violations.require(run.isEmpty() || runs.add(run), path + ".deja_vu", "is named twice: " + run);
        }
    }

    private static void checkValues(String path, SweptAttack attack, int axes, FieldViolations violations) {
        violations.require(
                attack.getValuesCount() == axes,
                path + ".values",
                "must be one for each of %d axes, are %d".formatted(axes, attack.getValuesCount()));
        for (int i = 0; i < attack.getValuesCount(); i++) {
            checkText(path + ".values[" + i + "]", attack.getValues(i), violations);
        }
    }

    static void checkText(String field, String text, FieldViolations violations) {
        violations.require(
                !text.isBlank() && text.length() <= LONGEST_TEXT,
                field,
                "must be 1 to %d characters, not all blank, is \"%s\"".formatted(LONGEST_TEXT, text));
    }

    /** All attacks that are brought together. */
    static List<String> runs(AttackSweepSpec spec) {
        return spec.getAttacksList().stream().map(SweptAttack::getDejaVu).toList();
    }
}
