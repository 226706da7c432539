package dev.engram.attack.sweep;

import static java.util.Objects.requireNonNull;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.Refusals;
import dev.engram.store.ConflictException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateAttackSweepResponse;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.SweptAttack;
import java.util.List;

/**
 * Turns one request for a sweep into all it takes: splits of several sizes, the pair of each point and seed, its attack, and the run that brings the attacks
 * together. Every name follows from the request's id, so that a request that is sent again, also after it broke off in the middle, completes what is there.
 */
public final class AttackSweepOrders {
    private static final int LONGEST_ID = 30;
    /** What follows a pair's id in that of its attack. */
    private static final String ATTACK = "-deja-vu";

    private final RunSubmission submission;
    private final Catalogue catalogue;
    private final SweepServices services;

    /** @param submission for the run that brings the others together */
    public AttackSweepOrders(RunSubmission submission, Catalogue catalogue, SweepServices services) {
        this.submission = requireNonNull(submission, "submission");
        this.catalogue = requireNonNull(catalogue, "catalogue");
        this.services = requireNonNull(services, "services");
    }

    /**
     * Starts everything. A plan that is refused has started nothing.
     *
     * @throws InvalidRunException with every field that is wrong, by its path in the request: {@code plan.axes[0].values[2]}
     * @throws ConflictException if the id is that of another run
     */
    public CreateAttackSweepResponse create(CreateAttackSweepRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(request.hasPlan() != request.hasSpec(), "plan", "is required, or spec, but not both");
        violations.require(
                request.getRunId().isEmpty() || ResourceName.isId(request.getRunId()) && request.getRunId().length() <= LONGEST_ID,
                "run_id",
                "must be lower-case letters, digits and hyphens, at most %d characters, is \"%s\"".formatted(LONGEST_ID, request.getRunId()));
        PlannedSplits splits = request.hasPlan() ? PlanRules.check(request.getPlan(), services, violations) : null;
        Refusals.throwIfAny(violations);
        String id = request.getRunId().isEmpty() ? ResourceName.idOfRequest("sweep", request.getRequestId()) : request.getRunId();
        if (request.hasSpec()) {
            return CreateAttackSweepResponse.newBuilder().setRun(submit(request.getSpec(), id, request.getRequestId())).build();
        }
        return start(request.getPlan(), splits, id, request.getRequestId());
    }

    private CreateAttackSweepResponse start(AttackSweepPlan plan, PlannedSplits splits, String id, String requestId) {
        List<PlannedPoint> points = PlannedPoint.of(plan);
        List<Long> seeds = plan.getSeedsCount() == 0 ? List.of(0L) : plan.getSeedsList();
        AttackSweepSpec spec = spec(plan, points, seeds, id);
        refuseTaken(id, spec);
        CreateAttackSweepResponse.Builder response = CreateAttackSweepResponse.newBuilder();
        int largest = points.stream().mapToInt(point -> point.size().orElse(0)).max().orElse(0);
        points.stream().filter(point -> point.size().isPresent()).map(point -> point.size().getAsInt()).distinct().forEach(size -> {
            String split = PlannedPoint.splitId(id, size);
            services.createSplit(CreateSplitRequest.newBuilder().setSplitId(split).setSpec(splits.sized(size, largest)).build());
            response.addSplits("splits/" + split);
        });
        for (PlannedPoint point : points) {
            for (long seed : seeds) {
                createPair(point, id, seed);
                response.addPairs("pairs/" + point.pairId(id, seed));
            }
        }
        for (SweptAttack attack : spec.getAttacksList()) {
            createAttack(plan, attack);
            response.addAttacks(attack.getDejaVu());
        }
        return response.setRun(submit(spec, id, requestId)).build();
    }

    private static AttackSweepSpec spec(AttackSweepPlan plan, List<PlannedPoint> points, List<Long> seeds, String id) {
        AttackSweepSpec.Builder spec = AttackSweepSpec.newBuilder();
        plan.getAxesList().stream().map(SweepAxis::getField).forEach(spec::addAxes);
        for (PlannedPoint point : points) {
            for (long seed : seeds) {
                spec.addAttacks(SweptAttack.newBuilder()
                        .addAllValues(point.values())
                        .setSeed(seed)
                        .setDejaVu("runs/" + point.pairId(id, seed) + ATTACK));
            }
        }
        return spec.build();
    }

    /** An id that another sweep has would be found out by the last run only, with all the others made. */
    private void refuseTaken(String id, AttackSweepSpec spec) {
        String wanted = RunSpecs.toJson(RunSpec.newBuilder().setAttackSweep(spec).build());
        catalogue.runs().find(id).filter(run -> !run.spec().equals(wanted)).ifPresent(_ -> {
            throw new ConflictException("runs/" + id + " exists already");
        });
    }

    private void createPair(PlannedPoint point, String id, long seed) {
        Refusals.in(field -> "plan." + field, () -> services.createPair(CreatePairRequest.newBuilder()
                .setPairId(point.pairId(id, seed))
                .setSplit(point.size().isPresent() ? "splits/" + PlannedPoint.splitId(id, point.size().getAsInt()) : point.split())
                .setRecipe(point.recipe().toBuilder().setSeed(seed))
                .build()));
    }

    private void createAttack(AttackSweepPlan plan, SweptAttack attack) {
        String run = ResourceName.idOf("runs", attack.getDejaVu());
        String pair = run.substring(0, run.length() - ATTACK.length());
        Refusals.in(field -> field.replaceFirst("^spec", "plan.deja_vu"), () -> services.createAttack(CreateDejaVuRequest.newBuilder()
                .setRunId(run)
                .setSpec(plan.getDejaVu().toBuilder().setPair("pairs/" + pair).setProbeControl(true))
                .build()));
    }

    private String submit(AttackSweepSpec spec, String id, String requestId) {
        return "runs/" + submission.submit(RunSpec.newBuilder().setAttackSweep(spec).build(), id, requestId).id();
    }
}
