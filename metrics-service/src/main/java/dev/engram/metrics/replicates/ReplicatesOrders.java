package dev.engram.metrics.replicates;

import com.google.rpc.BadRequest;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.Refusals;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.CreateReplicatesResponse;
import dev.engram.v1.Replicate;
import dev.engram.v1.ReplicatesPlan;
import dev.engram.v1.ReplicatesSpec;
import dev.engram.v1.RunSpec;
import io.grpc.StatusRuntimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns one request for replicates into all it takes: the pair of each seed, its measures, and the run that brings them together. Every name follows
 * from the request's id, so that a request that is sent again, also after it broke off in the middle, completes what is there.
 */
public final class ReplicatesOrders {
    private static final int LONGEST_ID = 32;
    private static final long LARGEST_SEED = 999_999_999_999L;

    private final RunSubmission submission;
    private final ReplicateServices services;

    /** @param submission for the run that brings the others together */
    public ReplicatesOrders(RunSubmission submission, ReplicateServices services) {
        this.submission = submission;
        this.services = services;
    }

    /**
     * Starts everything. A plan that is refused has started nothing.
     *
     * @throws InvalidRunException with every field that is wrong, by its path in the request: {@code plan.layer_mem.views}
     */
    public CreateReplicatesResponse create(CreateReplicatesRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(request.hasPlan() != request.hasSpec(), "plan", "is required, or spec, but not both");
        violations.require(
                request.getRunId().isEmpty() || ResourceName.isId(request.getRunId()) && request.getRunId().length() <= LONGEST_ID,
                "run_id",
                "must be lower-case letters, digits and hyphens, at most %d characters, is \"%s\"".formatted(LONGEST_ID, request.getRunId()));
        if (request.hasPlan()) {
            checkPlan(request.getPlan(), violations);
        }
        Refusals.throwIfAny(violations);
        String id = request.getRunId().isEmpty() ? ResourceName.idOfRequest("replicates", request.getRequestId()) : request.getRunId();
        if (request.hasSpec()) {
            return CreateReplicatesResponse.newBuilder().setRun(submit(request.getSpec(), id, request.getRequestId())).build();
        }
        return start(request.getPlan(), id, request.getRequestId());
    }

    private static void checkPlan(ReplicatesPlan plan, FieldViolations violations) {
        violations.require(!plan.getSplit().isEmpty(), "plan.split", "is required: splits/…");
        violations.require(plan.hasRecipe(), "plan.recipe", "is required");
        violations.require(plan.getRecipe().getSeed() == 0, "plan.recipe.seed", "must be unset: each pair has one of plan.seeds");
        int count = plan.getSeedsCount();
        violations.require(
                count >= ReplicatesRules.FEWEST && count <= ReplicatesRules.MOST,
                "plan.seeds",
                "must be %d to %d, are %d".formatted(ReplicatesRules.FEWEST, ReplicatesRules.MOST, count));
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < count; i++) {
            long seed = plan.getSeeds(i);
            violations.require(
                    seed >= 0 && seed <= LARGEST_SEED, "plan.seeds[" + i + "]", "must be 0 to %d, is %d".formatted(LARGEST_SEED, seed));
            violations.require(seeds.add(seed), "plan.seeds[" + i + "]", "is there already: " + seed);
        }
        List<PlannedMeasure> measures = PlannedMeasure.of(plan);
        violations.require(!measures.isEmpty(), "plan", "names no measure: layer_mem, unit_mem, class_mem, probe or deja_vu");
        measures.forEach(measure -> violations.require(
                measure.pair().isEmpty(), "plan." + measure.field() + ".pair", "must be unset: each seed has a pair of its own"));
    }

    private CreateReplicatesResponse start(ReplicatesPlan plan, String id, String requestId) {
        List<PlannedMeasure> measures = PlannedMeasure.of(plan);
        refuseWrongMeasures(plan, measures, id);
        CreateReplicatesResponse.Builder response = CreateReplicatesResponse.newBuilder();
        ReplicatesSpec.Builder spec = ReplicatesSpec.newBuilder();
        for (long seed : plan.getSeedsList()) {
            String pair = pairId(id, seed);
            createPair(plan, pair, seed);
            response.addPairs("pairs/" + pair);
            Replicate.Builder replicate = Replicate.newBuilder().setSeed(seed);
            for (PlannedMeasure measure : measures) {
                String run = measure.runId(pair);
                services.createMeasure(measure.of("pairs/" + pair), run);
                measure.enter(replicate, "runs/" + run);
                response.addMeasures("runs/" + run);
            }
            spec.addReplicates(replicate);
        }
        return response.setRun(submit(spec.build(), id, requestId)).build();
    }

    /**
     * Refuses measures that would be refused, before any pair is made. A service says all that is wrong at once, so it is asked for the first seed's
     * measures while their pair is not there: whatever it says beside that is wrong with the measure.
     */
    private void refuseWrongMeasures(ReplicatesPlan plan, List<PlannedMeasure> measures, String id) {
        String pair = pairId(id, plan.getSeeds(0));
        FieldViolations violations = new FieldViolations();
        for (PlannedMeasure measure : measures) {
            try {
                services.createMeasure(measure.of("pairs/" + pair), measure.runId(pair));
            } catch (InvalidRunException | StatusRuntimeException e) {
                for (BadRequest.FieldViolation violation : Refusals.of(e)) {
                    if (!violation.getField().equals("spec.pair")) {
                        violations.add(violation.getField().replaceFirst("^spec", "plan." + measure.field()), violation.getDescription());
                    }
                }
            }
        }
        Refusals.throwIfAny(violations);
    }

    private void createPair(ReplicatesPlan plan, String pair, long seed) {
        Refusals.in(field -> "plan." + field, () -> services.createPair(CreatePairRequest.newBuilder()
                .setPairId(pair)
                .setSplit(plan.getSplit())
                .setRecipe(plan.getRecipe().toBuilder().setSeed(seed))
                .build()));
    }

    private String submit(ReplicatesSpec spec, String id, String requestId) {
        return "runs/" + submission.submit(RunSpec.newBuilder().setReplicates(spec).build(), id, requestId).id();
    }

    private static String pairId(String id, long seed) {
        return id + "-s" + seed;
    }
}
