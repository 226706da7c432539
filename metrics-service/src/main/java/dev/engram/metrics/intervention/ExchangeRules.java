package dev.engram.metrics.intervention;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ExchangeSpec;

/** What the spec of an exchange sweep must be, and what it means where it says nothing. */
final class ExchangeRules {
    static final int MOST_LAYERS = 64;
    static final int MOST_SETS = 2000;

    private static final int LARGEST = 3;

    private ExchangeRules() {}

    /** Reports every problem of a spec. */
    static void check(ExchangeSpec spec, FieldViolations violations) {
        EditRules.requireName("encoders", spec.getSource(), "spec.source", violations);
        EditRules.requireName("encoders", spec.getOther(), "spec.other", violations);
        checkOptional("splits", spec.getSourceSplit(), "spec.source_split", violations);
        checkOptional("splits", spec.getOtherSplit(), "spec.other_split", violations);
        checkOptional("runs", spec.getLayerMem(), "spec.layer_mem", violations);
        EditRules.checkLayers(spec.getLayersList(), "spec.layers", violations);
        violations.require(
                spec.getLayersCount() <= MOST_LAYERS, "spec.layers", "must be at most %d, are %d".formatted(MOST_LAYERS, spec.getLayersCount()));
        violations.require(
                spec.getLargest() >= 0 && spec.getLargest() <= LARGEST,
                "spec.largest",
                "must be 1 to %d, or 0 for %d, is %d".formatted(LARGEST, LARGEST, spec.getLargest()));
        EditRules.checkScope(spec.getScope(), "spec.scope", spec.getScopeValue(), violations);
        violations.require(spec.getK() >= 0, "spec.k", "must be at least 1, or 0 for the default, is " + spec.getK());
        violations.require(
                spec.getClasses() != ExchangeSpec.ClassMatch.UNRECOGNIZED,
                "spec.classes",
                "must be BY_NAME or BY_INDEX, is " + spec.getClassesValue());
    }

    static int largest(ExchangeSpec spec) {
        return spec.getLargest() == 0 ? LARGEST : spec.getLargest();
    }

    private static void checkOptional(String collection, String name, String field, FieldViolations violations) {
        if (!name.isEmpty()) {
            EditRules.requireName(collection, name, field, violations);
        }
    }
}
