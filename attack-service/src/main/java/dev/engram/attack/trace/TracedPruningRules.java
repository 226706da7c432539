package dev.engram.attack.trace;

import dev.engram.runs.ResourceName;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a spec of a traced pruning must be. */
final class TracedPruningRules {
    static final int MOST_CONTROLS = 8;

    private TracedPruningRules() {}

    /** Reports every problem of a spec. */
    static void check(TracedPruningSpec spec, FieldViolations violations) {
        requireName("runs", spec.getBefore(), "spec.before", violations);
        requireName("runs", spec.getUnitMem(), "spec.unit_mem", violations);
        check(spec.getPruned(), "spec.pruned", violations);
        violations.require(
                spec.getControlsCount() >= 1 && spec.getControlsCount() <= MOST_CONTROLS,
                "spec.controls",
                "must be 1 to %d, are %d".formatted(MOST_CONTROLS, spec.getControlsCount()));
        for (int i = 0; i < spec.getControlsCount(); i++) {
            check(spec.getControls(i), "spec.controls[" + i + "]", violations);
        }
        violations.require(spec.getImagesCount() > 0, "spec.images", "is required: ids of the traced images");
        violations.require(
                spec.getImagesList().stream().distinct().count() == spec.getImagesCount(), "spec.images", "names an image twice");
    }

    private static void check(TracedVariant variant, String path, FieldViolations violations) {
        requireName("encoders", variant.getEncoder(), path + ".encoder", violations);
        requireName("runs", variant.getAttack(), path + ".attack", violations);
    }

    /** Reports a name that is missing or not one of {@code collection}. */
    static void requireName(String collection, String name, String field, FieldViolations violations) {
        violations.require(
                ResourceName.parse(name).filter(parsed -> parsed.collection().equals(collection)).isPresent(),
                field,
                name.isEmpty() ? "is required: %s/…".formatted(collection) : "must be %s/…, is \"%s\"".formatted(collection, name));
    }

    /** All encoders that were made: the one without the traced units, then the controls. */
    static List<TracedVariant> variants(TracedPruningSpec spec) {
        return Stream.concat(Stream.of(spec.getPruned()), spec.getControlsList().stream()).toList();
    }

    /** Everything that is read; an edited encoder stands for the run that says what was changed. */
    static List<String> uses(TracedPruningSpec spec) {
        List<String> uses = new ArrayList<>(List.of(spec.getBefore(), spec.getUnitMem()));
        variants(spec).forEach(variant -> uses.addAll(List.of(variant.getEncoder(), variant.getAttack())));
        return uses;
    }
}
