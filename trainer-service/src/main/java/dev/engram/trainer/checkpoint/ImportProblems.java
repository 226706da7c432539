package dev.engram.trainer.checkpoint;

import dev.engram.encoders.checkpoint.WeightsFile;
import dev.engram.encoders.importing.ImportPlan;
import dev.engram.encoders.importing.StateMatch;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.ImportEncoderSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Why a file cannot be imported as a spec wants it: everything at once. */
final class ImportProblems {
    private static final int NAMED = 3;
    private static final String HEADS = "heads";

    private ImportProblems() {}

    static FieldViolations of(ImportEncoderSpec spec, WeightsFile file, ImportPlan plan) {
        FieldViolations violations = new FieldViolations();
        if (!file.foreign().isEmpty() && !spec.getReading().getIgnoreForeign()) {
            violations.add("spec.reading.ignore_foreign", "the file also names %s, which are never loaded; set it to read only the tensors"
                    .formatted(some(file.foreign())));
        }
        if (plan.match().isEmpty()) {
            violations.add("spec.network", nothingNear(plan));
            return violations;
        }
        StateMatch match = plan.match().get();
        if (ImportRules.strict(spec) && !match.isStrict()) {
            violations.add("spec.network", "does not fit strictly under prefix \"%s\": %s".formatted(match.prefix(), differences(match)));
        }
        violations.require(!match.loaded().isEmpty(), "spec.network", "nothing of the file fits " + match.network().name());
        violations.require(
                spec.getReading().getProjectorPrefix().isEmpty() || plan.projector().isPresent(),
                "spec.reading.projector_prefix",
                "nothing below it is a projector");
        requireHeads(spec, match, violations);
        return violations;
    }

    /** Weights do not show the number of attention heads: it must be declared, by itself or by a network's name and width. */
    private static void requireHeads(ImportEncoderSpec spec, StateMatch match, FieldViolations violations) {
        Map<String, String> options = match.network().options();
        if (!options.containsKey(HEADS) || spec.containsNetworkOptions(HEADS)) {
            return;
        }
        Map<String, String> defaults = Networks.family(match.network().name()).options(Map.of()).values();
        boolean declared = spec.getNetwork().equals(match.network().name()) && defaults.get("width").equals(options.get("width"));
        violations.require(declared, "spec.network_options.heads", "is required, as weights do not show it: %s of width %s has %s by default".formatted(
                match.network().name(), defaults.get("width"), defaults.get(HEADS)));
    }

    private static String nothingNear(ImportPlan plan) {
        return plan.nearest().isEmpty()
                ? "is required: no network is near"
                : "is required: the nearest, %s, has only %.0f %% of its values in the file".formatted(
                        plan.nearest().getFirst().network().name(), 100 * plan.nearest().getFirst().coverage());
    }

    private static String differences(StateMatch match) {
        return String.join("; ", Stream.of(
                        part("missing", match.missing().stream().map(place -> place.name() + " " + place.shape()).toList()),
                        part("of another shape", match.mismatched().stream()
                                .map(found -> "%s, not %s".formatted(found.tensor(), found.place().shape()))
                                .toList()),
                        part("unexpected", match.unexpected().stream().map(Object::toString).toList()))
                .filter(text -> !text.isEmpty())
                .toList());
    }

    private static String part(String what, List<String> names) {
        return names.isEmpty() ? "" : "%d %s (%s)".formatted(names.size(), what, some(names));
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() > NAMED ? first + " and %d more".formatted(names.size() - NAMED) : first;
    }
}
