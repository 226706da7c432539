package dev.engram.trainer.training;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.dataset.KnownSizes;
import dev.engram.trainer.recipe.RecipeDefaults;
import dev.engram.trainer.recipe.RecipeRules;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.Objects;
import java.util.Optional;

/** Turns a request for a pair into two training runs; says everything that is wrong with it at once. */
public final class PairRequests {
    private static final int LONGEST_PAIR_ID = 50;
    private static final int LONGEST_REQUEST_ID = 64;

    private final PairCatalogue pairs;
    private final Resources resources;
    private final KnownSizes sizes;

    public PairRequests(PairCatalogue pairs, Resources resources, KnownSizes sizes) {
        this.pairs = Objects.requireNonNull(pairs, "pairs");
        this.resources = Objects.requireNonNull(resources, "resources");
        this.sizes = Objects.requireNonNull(sizes, "sizes");
    }

    /**
     * Queues both trainings, with every default of the recipe filled in. Where the sizes of the split follow from its data set and it has not
     * been made yet, the trainings wait for it, fill in what depends on them, and fail if the recipe does not fit.
     *
     * @throws InvalidRunException with every field that is wrong
     */
    public PairRecord create(CreatePairRequest request) {
        FieldViolations violations = new FieldViolations();
        ResourceFields.checkId(request.getPairId(), LONGEST_PAIR_ID, "pair_id", violations);
        violations.require(
                request.getRequestId().length() <= LONGEST_REQUEST_ID,
                "request_id",
                "must have at most %d characters, has %d".formatted(LONGEST_REQUEST_ID, request.getRequestId().length()));
        Optional<CreateSplitSpec> split = split(request.getSplit(), violations);
        TrainingRecipe recipe = request.getRecipe();
        RecipeRules.check(recipe, "recipe", violations);
        split.ifPresent(sizes -> RecipeRules.checkBatch(recipe, images(sizes), "recipe", violations));
        split.ifPresent(sizes -> RecipeRules.checkProbes(recipe, sizes.getPublicSet(), "recipe", violations));
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return pairs.create(
                request.getPairId(),
                request.getSplit(),
                sizes.asked(request.getSplit())
                        .map(asked -> RecipeDefaults.fill(recipe, images(asked)))
                        .orElseGet(() -> RecipeDefaults.fill(recipe)),
                request.getRequestId());
    }

    /** Training images of one encoder. */
    private static int images(CreateSplitSpec split) {
        return split.getShared() + split.getCandidate();
    }

    /** The split with its sizes; empty if they are not known yet. */
    private Optional<CreateSplitSpec> split(String split, FieldViolations violations) {
        FieldViolations name = new FieldViolations();
        ResourceFields.require("splits", split, "split", name);
        if (!name.isEmpty()) {
            name.list().forEach(violation -> violations.add(violation.getField(), violation.getDescription()));
            return Optional.empty();
        }
        Optional<RunRecord> maker = resources.findMaker(split);
        if (maker.isEmpty()) {
            violations.add("split", split + " does not exist");
            return Optional.empty();
        }
        return sizes.of(split);
    }
}
