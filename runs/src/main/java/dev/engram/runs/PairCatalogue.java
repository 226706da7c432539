package dev.engram.runs;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.PairRecord;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes pairs: two training runs by one recipe, both or none. */
public final class PairCatalogue {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?");
    private static final String KIND = RunTasks.kindName(RunSpec.TaskCase.TRAIN_ENCODER);

    private final Catalogue catalogue;
    private final RunSubmission submission;
    private final Resources resources;

    public PairCatalogue(Catalogue catalogue, RunTasks tasks) {
        this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
        this.submission = new RunSubmission(catalogue, tasks);
        this.resources = new Resources(catalogue);
    }

    /** The id of the run and encoder f of a pair. */
    public static String candidateId(String pairId) {
        return pairId + "-f";
    }

    /** The id of the run and encoder g of a pair. */
    public static String referenceId(String pairId) {
        return pairId + "-g";
    }

    /**
     * Queues the training of a candidate f and a reference g.
     *
     * @param pairId the id the pair shall have, at most 50 characters; null or empty for a made-up one
     * @param split {@code splits/x}
     * @param recipe with every default filled in, as it will be answered
     * @param requestId as in {@link RunSubmission#submit}
     * @return the new pair, or the one this request made before
     * @throws InvalidRunException with every field that is wrong, by its path in the request: {@code recipe.epochs}
     * @throws ConflictException if the pair id, one of its runs' ids or the request id was used for something else
     */
    public PairRecord create(String pairId, String split, TrainingRecipe recipe, String requestId) {
        Optional<String> given = RunSubmission.optional(pairId);
        String id = given.orElseGet(() -> ResourceName.newId("pair"));
        FieldViolations violations = new FieldViolations();
        violations.require(
                ID.matcher(id).matches(), "pair_id", "must be " + ResourceName.ID_RULE.replace("63", "50") + ", is \"" + id + "\"");
        RunSubmission.checkRequestId(requestId, violations);
        RunSpec candidate = spec(id, split, recipe, TrainEncoderSpec.Side.CANDIDATE);
        RunSpec reference = spec(id, split, recipe, TrainEncoderSpec.Side.REFERENCE);
        FieldViolations ofSpec = new FieldViolations();
        List<String> dependencies = submission.check(candidate, ofSpec);
        ofSpec.list().forEach(v -> violations.add(v.getField().replaceFirst("^spec\\.", ""), v.getDescription()));
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        return insert(
                id,
                RunSubmission.optional(requestId),
                ResourceName.idOf("splits", split),
                RunSpecs.toJson(recipe),
                List.of(run(candidateId(id), candidate, dependencies), run(referenceId(id), reference, dependencies)));
    }

    /**
     * Makes a pair of encoders that exist; queues nothing. Whether they belong together, the caller has checked.
     *
     * @param candidate {@code encoders/x}, taken as f
     * @param reference {@code encoders/y}, taken as g; the candidate itself where there is only one encoder
     * @throws InvalidRunException with every field that is wrong
     * @throws ConflictException if the pair id or the request id was used for something else
     */
    public PairRecord createOf(String pairId, String split, String candidate, String reference, String requestId) {
        String id = RunSubmission.optional(pairId).orElseGet(() -> ResourceName.newId("pair"));
        FieldViolations violations = new FieldViolations();
        violations.require(
                ID.matcher(id).matches(), "pair_id", "must be " + ResourceName.ID_RULE.replace("63", "50") + ", is \"" + id + "\"");
        RunSubmission.checkRequestId(requestId, violations);
        violations.require(resources.findMaker(split).isPresent(), "split", split + " does not exist");
        violations.require(resources.findMaker(candidate).isPresent(), "candidate", candidate + " does not exist");
        violations.require(resources.findMaker(reference).isPresent(), "reference", reference + " does not exist");
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
        String splitId = ResourceName.idOf("splits", split);
        List<String> encoders = List.of(ResourceName.idOf("encoders", candidate), ResourceName.idOf("encoders", reference));
        Optional<String> request = RunSubmission.optional(requestId);
        try {
            return catalogue.pairs().create(id, request, splitId, encoders.getFirst(), encoders.getLast());
        } catch (ConflictException e) {
            return catalogue.pairs().find(id)
                    .filter(pair -> pair.isOf(splitId, "", encoders))
                    .filter(pair -> request.isEmpty() || pair.requestId().isEmpty() || pair.requestId().equals(request))
                    .orElseThrow(() -> e);
        }
    }

    private PairRecord insert(String id, Optional<String> requestId, String split, String recipe, List<NewRun> runs) {
        try {
            return catalogue.pairs().create(id, requestId, split, recipe, runs);
        } catch (ConflictException e) {
            return catalogue.pairs().find(id)
                    .filter(pair -> pair.split().equals(split) && pair.recipe().equals(recipe))
                    .filter(pair -> requestId.isEmpty() || pair.requestId().isEmpty() || pair.requestId().equals(requestId))
                    .orElseThrow(() -> e);
        }
    }

    private static RunSpec spec(String id, String split, TrainingRecipe recipe, TrainEncoderSpec.Side side) {
        return RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit(split).setSide(side).setRecipe(recipe).setPair("pairs/" + id))
                .build();
    }

    private static NewRun run(String id, RunSpec spec, List<String> dependencies) {
        return new NewRun(id, Optional.empty(), KIND, RunSpecs.toJson(spec), dependencies);
    }

    /** @throws dev.engram.store.ObjectNotFoundException if there is no such pair */
    public ResolvedPair resolve(String pair) {
        return resources.pair(pair);
    }
}
