package dev.engram.metrics.intervention;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.PruningSpec;

/**
 * Fills in the splits that a sweep's spec leaves open, so that what it stands for is in the run's spec: those that the encoders, or what they were
 * made of, were trained on. What does not exist is left to the submission to say.
 */
public final class SweepDefaults {
    private final Resources resources;

    public SweepDefaults(Catalogue catalogue) {
        this.resources = new Resources(catalogue);
    }

    /** @throws InvalidRunException if there is no split to take */
    public PruningSpec fill(PruningSpec spec) {
        if (spec.getSplitsCount() > 0 || resources.findMaker(spec.getSource()).isEmpty()) {
            return spec;
        }
        FieldViolations violations = new FieldViolations();
        String split = splitOf(spec.getSource(), "spec.splits", violations);
        refuse(violations);
        return spec.toBuilder().addSplits(split).build();
    }

    /** @throws InvalidRunException with every field that has no split to take */
    public ExchangeSpec fill(ExchangeSpec spec) {
        FieldViolations violations = new FieldViolations();
        ExchangeSpec.Builder filled = spec.toBuilder();
        if (spec.getSourceSplit().isEmpty() && resources.findMaker(spec.getSource()).isPresent()) {
            filled.setSourceSplit(splitOf(spec.getSource(), "spec.source_split", violations));
        }
        if (spec.getOtherSplit().isEmpty() && resources.findMaker(spec.getOther()).isPresent()) {
            filled.setOtherSplit(splitOf(spec.getOther(), "spec.other_split", violations));
        }
        refuse(violations);
        return filled.build();
    }

    private String splitOf(String encoder, String field, FieldViolations violations) {
        String split = resources.origin(encoder).getTrainEncoder().getSplit();
        violations.require(!split.isEmpty(), field, "is required: %s was not trained on a split".formatted(encoder));
        return split;
    }

    private static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
