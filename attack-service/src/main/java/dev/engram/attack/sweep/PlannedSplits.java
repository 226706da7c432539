package dev.engram.attack.sweep;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Split;
import dev.engram.v1.SplitSummary;
import dev.engram.v1.SweepAxis;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The splits of a plan: one for all, some that are named, or a series that differs in the size of the training data alone. */
final class PlannedSplits {
    /** The axis of named splits. */
    static final String SPLIT = "split";
    /** The axis of sizes, in training images of an encoder. */
    static final String TRAINING_IMAGES = "training_images";
    /** The axis of sizes, in training images of a class; of a split of images with boxes. */
    static final String PER_CLASS = "per_class";
    static final Set<String> SIZES = Set.of(TRAINING_IMAGES, PER_CLASS);

    private final SweepServices services;
    private final FieldViolations violations;
    private final String split;
    private final Map<String, CreateSplitSpec> asked = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Looks up what a plan names, and reports what cannot be trained on or attacked. */
    PlannedSplits(AttackSweepPlan plan, SweepServices services, FieldViolations violations) {
        this.services = services;
        this.violations = violations;
        this.split = plan.getSplit();
        Optional<SweepAxis> named = plan.getAxesList().stream().filter(axis -> axis.getField().equals(SPLIT)).findFirst();
        if (named.isEmpty()) {
            find("plan.split", split);
            return;
        }
        violations.require(split.isEmpty(), "plan.split", "must be unset: an axis names the splits");
        violations.require(
                plan.getAxesList().stream().noneMatch(axis -> SIZES.contains(axis.getField())),
                "plan.axes",
                "must not name splits and change their sizes");
        int place = plan.getAxesList().indexOf(named.get());
        for (int i = 0; i < named.get().getValuesCount(); i++) {
            find("plan.axes[%d].values[%d]".formatted(place, i), named.get().getValues(i));
        }
    }

    private void find(String field, String name) {
        if (name.isEmpty()) {
            violations.add(field, "is required: splits/…");
            return;
        }
        Optional<Split> found = services.findSplit(name);
        if (found.isEmpty()) {
            violations.add(field, name + " does not exist");
            return;
        }
        CreateSplitSpec spec = found.get().getSpec();
        if (found.get().hasSummary()) {
            SplitSummary made = found.get().getSummary();
            spec = spec.toBuilder().setShared(made.getShared()).setCandidate(made.getCandidate()).setPublicSet(made.getPublicSet()).build();
        }
        boolean counted = found.get().hasSummary() || isSized(spec);
        violations.require(
                !counted || spec.getPublicSet() > 0, field, "has no public set, so there is nothing to look neighbours up in");
        asked.put(name, found.get().getSpec());
        if (counted) {
            counts.put(name, spec.getShared() + spec.getCandidate());
        }
    }

    /** Reports a size that the split of the plan cannot be changed to. */
    void checkSize(String axis, String field, String value) {
        CreateSplitSpec base = asked.get(split);
        if (base == null) {
            return;
        }
        boolean perClass = axis.equals(PER_CLASS);
        boolean fits = perClass ? base.getMakerCase() == CreateSplitSpec.MakerCase.PARTITION : isSized(base);
        if (!fits) {
            violations.add(field, "%s is no split %s: make one of each size, and name them on an axis split"
                    .formatted(split, perClass ? "of images with boxes, class by class" : "whose sizes are asked for"));
            return;
        }
        int least = perClass ? 1 : base.getCandidate();
        violations.require(
                number(value).orElse(-1) >= least,
                field,
                "must be a whole number, at least %s, is \"%s\""
                        .formatted(perClass ? "1" : "the %d candidates of %s".formatted(least, split), value));
    }

    /** Training images of an encoder on a named split; 0 if there is none, or they are not known before it has been made. */
    int images(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** Training images of an encoder on the split of the plan in another size; 0 as above. */
    int imagesOf(int size) {
        return asked.containsKey(split) && isSized(asked.get(split)) ? size : 0;
    }

    /** The split of the plan in another size, as one of a series. */
    CreateSplitSpec sized(int size, int largest) {
        CreateSplitSpec.Builder spec = asked.get(split).toBuilder();
        if (spec.hasPartition()) {
            spec.getPartitionBuilder().setPerClass(size).setPublicPerClass(largest);
            return spec.build();
        }
        return spec.setShared(size - spec.getCandidate()).setLargestShared(largest - spec.getCandidate()).build();
    }

    private static boolean isSized(CreateSplitSpec spec) {
        return spec.getMakerCase() == CreateSplitSpec.MakerCase.MAKER_NOT_SET;
    }

    static Optional<Integer> number(String value) {
        try {
            return Optional.of(Integer.valueOf(value.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
