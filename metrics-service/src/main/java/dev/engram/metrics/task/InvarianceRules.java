package dev.engram.metrics.task;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.InvarianceSpec;

/** What an invariance spec must be; and what it means where it says nothing. */
final class InvarianceRules {
    static final int DEFAULT_DRAWS = 4;
    private static final int MOST_DRAWS = 32;

    private InvarianceRules() {}

    /** Reports every problem of a spec. */
    static void check(InvarianceSpec spec, FieldViolations violations) {
        MeasureRules.checkPair(spec.getPair(), violations);
        violations.require(
                spec.getDraws() >= 0 && spec.getDraws() <= MOST_DRAWS,
                "spec.draws",
                "must be 1 to %d, or 0 for %d, is %d".formatted(MOST_DRAWS, DEFAULT_DRAWS, spec.getDraws()));
        AskedViews.of(spec).check(violations);
        MeasureRules.checkImages(spec.getMaxImages(), violations);
        MeasureRules.checkShards(spec.getShards(), violations);
    }

    static int draws(InvarianceSpec spec) {
        return spec.getDraws() == 0 ? DEFAULT_DRAWS : spec.getDraws();
    }
}
