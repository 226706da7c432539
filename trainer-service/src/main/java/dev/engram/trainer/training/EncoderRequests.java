package dev.engram.trainer.training;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.trainer.ResourceFields;
import dev.engram.trainer.dataset.KnownSizes;
import dev.engram.trainer.recipe.RecipeDefaults;
import dev.engram.trainer.recipe.RecipeRules;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.util.Objects;
import java.util.Optional;

/** Turns a request for one encoder into a training run. */
public final class EncoderRequests {
    private static final int LONGEST_ID = 63;

    private final RunSubmission submission;
    private final Resources resources;
    private final KnownSizes sizes;

    public EncoderRequests(RunSubmission submission, Resources resources, KnownSizes sizes) {
        this.submission = Objects.requireNonNull(submission, "submission");
        this.resources = Objects.requireNonNull(resources, "resources");
        this.sizes = Objects.requireNonNull(sizes, "sizes");
    }

    /**
     * Queues the training with every default of the recipe filled in.
     *
     * @return name of the encoder
     * @throws InvalidRunException with every field that is wrong
     */
    public String create(CreateEncoderRequest request) {
        TrainEncoderSpec spec = request.getSpec();
        FieldViolations violations = new FieldViolations();
        ResourceFields.checkId(request.getEncoderId(), LONGEST_ID, "encoder_id", violations);
        violations.require(spec.getPair().isEmpty(), "spec.pair", "must be empty: CreatePair makes pairs");
        TrainingSpecRules.check(spec, violations);
        boolean isSplit = violations.isEmpty() && !spec.getSplit().isEmpty() && resources.findMaker(spec.getSplit()).isPresent();
        if (isSplit) {
            sizes.of(spec.getSplit()).ifPresent(known -> {
                RecipeRules.checkBatch(spec.getRecipe(), TrainingSpecRules.images(spec, known), "spec.recipe", violations);
                RecipeRules.checkProbes(spec.getRecipe(), known.getPublicSet(), "spec.recipe", violations);
            });
        }
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        TrainEncoderSpec full = spec.toBuilder()
                .setRecipe((isSplit ? sizes.asked(spec.getSplit()) : Optional.<CreateSplitSpec>empty())
                        .map(asked -> RecipeDefaults.fill(spec.getRecipe(), TrainingSpecRules.images(spec, asked)))
                        .orElseGet(() -> RecipeDefaults.fill(spec.getRecipe())))
                .build();
        RunRecord run = submission.submit(
                RunSpec.newBuilder().setTrainEncoder(full).build(), request.getEncoderId(), request.getRequestId());
        return "encoders/" + run.id();
    }
}
