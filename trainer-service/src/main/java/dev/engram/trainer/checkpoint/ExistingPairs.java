package dev.engram.trainer.checkpoint;

import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.training.PlannedEncoders;
import dev.engram.v1.CreatePairRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes pairs of encoders by name, imports included. They may still be in the making: whatever measures the pair waits for them. They must be of one network and input,
 * as what is measured layer by layer must be the same layers on the same pixels; where that is not known before they are made, those who measure find out. Which images
 * each was trained on, only the caller knows.
 */
public final class ExistingPairs {
    private final PairCatalogue pairs;
    private final EncoderFiles encoders;
    private final PlannedEncoders planned;

    public ExistingPairs(PairCatalogue pairs, EncoderFiles encoders, PlannedEncoders planned) {
        this.pairs = Objects.requireNonNull(pairs, "pairs");
        this.encoders = Objects.requireNonNull(encoders, "encoders");
        this.planned = Objects.requireNonNull(planned, "planned");
    }

    /** Whether a request names encoders that exist. */
    public static boolean isAskedFor(CreatePairRequest request) {
        return !request.getCandidate().isEmpty() || !request.getReference().isEmpty();
    }

    /**
     * @throws InvalidRunException with every field that is wrong
     * @throws dev.engram.runs.RunStateException if an encoder will not be made, because what should make it failed or was cancelled
     */
    public PairRecord create(CreatePairRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("splits", request.getSplit(), "split", violations);
        ResourceFields.require("encoders", request.getCandidate(), "candidate", violations);
        ResourceFields.require("encoders", request.getReference(), "reference", violations);
        violations.require(!request.hasRecipe(), "recipe", "must be unset for encoders that exist");
        requireValid(violations);
        Optional<EncoderIdentity> candidate = identity(request.getCandidate(), "candidate");
        Optional<EncoderIdentity> reference = identity(request.getReference(), "reference");
        candidate.ifPresent(f -> reference.map(f::differencesOf).orElse(List.of()).forEach(difference -> violations.add("reference", difference)));
        requireValid(violations);
        return pairs.createOf(
                request.getPairId(), request.getSplit(), request.getCandidate(), request.getReference(), request.getRequestId());
    }

    private Optional<EncoderIdentity> identity(String encoder, String field) {
        String beginning = planned.beginning(encoder);
        return planned.isMade(beginning) ? Optional.of(encoders.get(beginning, field).identity()) : planned.identity(beginning);
    }

    private static void requireValid(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
