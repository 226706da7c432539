package dev.engram.attack.run;

import dev.engram.runs.RunContext;
import dev.engram.v1.LogEntry;
import java.util.Locale;

/** What a person should know of an attack before its figures. */
final class AttackLog {
    /** From this share of crops that cannot tell images apart, the log warns. */
    private static final double MANY = 0.1;

    private AttackLog() {}

    static void begin(RunContext run, AttackPlan plan) {
        if (run.resumePoint().isPresent()) {
            return;
        }
        run.log(LogEntry.Severity.INFO, String.format(
                Locale.ROOT,
                "%d public images, majority %.3f, chance %.3f; %d neighbors vote",
                plan.publicIndices().length, plan.publicLabels().majority(), plan.publicLabels().chance(), plan.k()));
        for (int crop = 0; crop < plan.crops().size(); crop++) {
            for (Direction direction : Direction.values()) {
                log(run, CropSpecs.describe(plan.crops().get(crop)), direction, plan.attacked(crop, direction));
            }
        }
    }

    private static void log(RunContext run, String crop, Direction direction, AttackPlan.Attacked attacked) {
        int images = attacked.crops().size();
        int flat = attacked.contents().flatCount();
        int repeated = attacked.contents().repeatedCount();
        boolean many = Math.max(flat, repeated) > MANY * images;
        run.log(
                many ? LogEntry.Severity.WARNING : LogEntry.Severity.INFO,
                "%s, %s: %d images attacked, %d left out; %d crops are of one color, %d show what another shows%s"
                        .formatted(
                                crop,
                                direction.key(),
                                images,
                                attacked.crops().leftOut().size(),
                                flat,
                                repeated,
                                many ? ": those cannot tell one image from another and dilute the score" : ""));
    }
}
