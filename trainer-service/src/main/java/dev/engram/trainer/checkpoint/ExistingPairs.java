package dev.engram.trainer.checkpoint;

import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.v1.CreatePairRequest;
import java.util.Objects;

/**
 * Makes pairs of encoders that exist, imports included. Both must be ready, or asked to be edited from one that is, and of one network and input: what
 * is measured layer by layer must be the same layers on the same pixels. Which images each was trained on, only the caller knows.
 */
public final class ExistingPairs {
    private final PairCatalogue pairs;
    private final EncoderFiles encoders;

    public ExistingPairs(PairCatalogue pairs, EncoderFiles encoders) {
        this.pairs = Objects.requireNonNull(pairs, "pairs");
        this.encoders = Objects.requireNonNull(encoders, "encoders");
    }

    /** Whether a request names encoders that exist. */
    public static boolean isAskedFor(CreatePairRequest request) {
        return !request.getCandidate().isEmpty() || !request.getReference().isEmpty();
    }

    /** @throws InvalidRunException with every field that is wrong */
    public PairRecord create(CreatePairRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.require("splits", request.getSplit(), "split", violations);
        ResourceFields.require("encoders", request.getCandidate(), "candidate", violations);
        ResourceFields.require("encoders", request.getReference(), "reference", violations);
        violations.require(!request.hasRecipe(), "recipe", "must be unset for encoders that exist");
        requireValid(violations);
        EncoderIdentity candidate = encoders.identity(request.getCandidate(), "candidate");
        EncoderIdentity reference = encoders.identity(request.getReference(), "reference");
        requireSame("network", network(candidate), network(reference), violations);
        requireSame("input", candidate.network().input(), reference.network().input(), violations);
        requireSame("normalization", candidate.normalization(), reference.normalization(), violations);
        requireValid(violations);
        return pairs.createOf(
                request.getPairId(), request.getSplit(), request.getCandidate(), request.getReference(), request.getRequestId());
    }

    private static String network(EncoderIdentity identity) {
        return identity.network().name() + " " + identity.network().options();
    }

    private static void requireSame(String what, Object candidate, Object reference, FieldViolations violations) {
        violations.require(
                candidate.equals(reference), "reference", "its %s is %s, the candidate's is %s".formatted(what, reference, candidate));
    }

    private static void requireValid(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
