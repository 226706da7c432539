package dev.engram.trainer.dataset;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.ResourceFields;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.NearDuplicates;

/** What must hold for a split's spec by itself; the rest depends on the data set. */
final class SplitRules {
    private SplitRules() {}

    static void check(CreateSplitSpec split, FieldViolations violations) {
        ResourceFields.require("datasets", split.getDataset(), "spec.dataset", violations);
        switch (split.getMakerCase()) {
            case MAKER_NOT_SET -> sizes(split, violations);
            case PARTITION -> {
                noSizes(split, violations);
                partition(split.getPartition(), violations);
            }
            case LISTS -> {
                noSizes(split, violations);
                SourceFiles.require(split.getLists().getPath(), "spec.lists.path", violations);
            }
        }
        if (split.hasNearDuplicates()) {
            nearDuplicates(split.getNearDuplicates(), violations);
        }
    }

    private static void sizes(CreateSplitSpec split, FieldViolations violations) {
        requireAtLeast(0, split.getShared(), "spec.shared", violations);
        requireAtLeast(2, split.getCandidate(), "spec.candidate", violations);
        violations.require(
                split.getIndependent() == split.getCandidate(),
                "spec.independent",
                "must be as many as candidate (%d), is %d".formatted(split.getCandidate(), split.getIndependent()));
        requireAtLeast(2, split.getExternal(), "spec.external", violations);
        requireAtLeast(0, split.getPublicSet(), "spec.public_set", violations);
        violations.require(
                split.getLargestShared() == 0 || split.getLargestShared() >= split.getShared(),
                "spec.largest_shared",
                "must be at least shared (%d), or 0 for as many, is %d".formatted(split.getShared(), split.getLargestShared()));
    }

    private static void noSizes(CreateSplitSpec split, FieldViolations violations) {
        requireNone(split.getShared(), "spec.shared", violations);
        requireNone(split.getCandidate(), "spec.candidate", violations);
        requireNone(split.getIndependent(), "spec.independent", violations);
        requireNone(split.getExternal(), "spec.external", violations);
        requireNone(split.getPublicSet(), "spec.public_set", violations);
        requireNone(split.getLargestShared(), "spec.largest_shared", violations);
    }

    private static void partition(BoxPartition partition, FieldViolations violations) {
        requireAtLeast(1, partition.getPerClass(), "spec.partition.per_class", violations);
        violations.require(
                partition.getPublicPerClass() == 0 || partition.getPublicPerClass() >= partition.getPerClass(),
                "spec.partition.public_per_class",
                "must be at least per_class (%d), is %d".formatted(partition.getPerClass(), partition.getPublicPerClass()));
        requireAtLeast(0, partition.getExternalPerClass(), "spec.partition.external_per_class", violations);
    }

    private static void nearDuplicates(NearDuplicates near, FieldViolations violations) {
        if (!near.getEncoder().isEmpty()) {
            ResourceFields.require("encoders", near.getEncoder(), "spec.near_duplicates.encoder", violations);
        }
        boolean pixels = near.getEncoder().isEmpty();
        violations.require(
                near.getDistance() >= 0 && near.getDistance() <= 2 && (pixels || near.getDistance() > 0),
                "spec.near_duplicates.distance",
                pixels
                        ? "must be in (0, 2], or 0 for %s, is %s".formatted(NearDuplicateSearch.DEFAULT_DISTANCE, near.getDistance())
                        : "must be in (0, 2], is %s; how near features are depends on the encoder".formatted(near.getDistance()));
    }

    private static void requireAtLeast(int least, int value, String field, FieldViolations violations) {
        violations.require(value >= least, field, "must be at least %d, is %d".formatted(least, value));
    }

    private static void requireNone(int value, String field, FieldViolations violations) {
        violations.require(value == 0, field, "follows from the data set and must be 0, is " + value);
    }
}
