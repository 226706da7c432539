package dev.engram.attack.trace;

import static java.util.Objects.requireNonNull;

import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.attack.run.Direction;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.ResourceName;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.Refusals;
import dev.engram.store.Store;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.CreateTracedPruningResponse;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedPruningPlan;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedVariant;
import dev.engram.v1.UnitMemSpec;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;

/**
 * Turns one request into all it takes: the encoder without the traced units, the controls, their pairs, an attack on each, and the run that compares. Every
 * name follows from the request's id, so that a request that is sent again, also after it broke off in the middle, completes what is there.
 */
public final class TracedPruningOrders {
    static final int DEFAULT_CONTROLS = 3;

    private final RunSubmission submission;
    private final DejaVuSubmission attacks;
    private final Resources resources;
    private final Store store;
    private final TracedServices services;

    public TracedPruningOrders(RunSubmission submission, Resources resources, Store store, TracedServices services) {
        this.submission = requireNonNull(submission, "submission");
        this.resources = requireNonNull(resources, "resources");
        this.store = requireNonNull(store, "store");
        this.services = requireNonNull(services, "services");
        this.attacks = new DejaVuSubmission(submission, resources);
    }

    /**
     * Starts everything, or only says what it would be about. A plan that is refused has started nothing.
     *
     * @throws InvalidRunException with every field that is wrong, by its path in the request
     * @throws dev.engram.store.ObjectNotFoundException if there is no such run
     * @throws dev.engram.runs.RunStateException until the attack and the UnitMem have succeeded
     */
    public CreateTracedPruningResponse create(CreateTracedPruningRequest request) {
        FieldViolations violations = new FieldViolations();
        TracedPlanRules.check(request, violations);
        refuse(violations);
        TracedPruningPlan plan = request.getPlan();
        Optional<FinishedAttack> before = FinishedAttack.find(store, plan.getDejaVu(), "plan.deja_vu", violations);
        Optional<String> measured = measured(plan.getUnitMem(), violations);
        refuse(violations);
        DejaVuSpec attack = before.orElseThrow().spec();
        violations.require(
                !attack.getCutsList().contains("logits"), "plan.deja_vu", "asks a classifier for its logits, and an edited encoder has none");
        ResolvedPair pair = resources.pair(attack.getPair());
        Direction seen = seen(pair, measured.orElseThrow(), violations);
        refuse(violations);
        List<Long> images = TracedImages.of(plan, before.get().verdicts(), seen, violations);
        refuse(violations);
        ListOwnedUnitsResponse units = owned(plan, images);
        CreateTracedPruningResponse.Builder response =
                CreateTracedPruningResponse.newBuilder().addAllImages(images).setUnits(units);
        if (request.getValidateOnly()) {
            return response.build();
        }
        String id = request.getRunId().isEmpty() ? ResourceName.idOfRequest("traced", request.getRequestId()) : request.getRunId();
        return start(new Order(id, request.getRequestId(), plan, before.get(), pair, seen, images), response);
    }

    /** The encoder that a UnitMem is of. */
    private Optional<String> measured(String unitMem, FieldViolations violations) {
        RunSpec spec = resources.spec(unitMem);
        if (!spec.hasUnitMem()) {
            violations.add("plan.unit_mem", unitMem + " is no run of unit_mem");
            return Optional.empty();
        }
        UnitMemSpec measure = spec.getUnitMem();
        ResolvedPair pair = resources.pair(measure.getPair());
        return Optional.of(measure.getReference() ? pair.reference() : pair.candidate());
    }

    private static Direction seen(ResolvedPair pair, String encoder, FieldViolations violations) {
        violations.require(
                encoder.equals(pair.candidate()) || encoder.equals(pair.reference()),
                "plan.unit_mem",
                "measured %s, the attack is against %s and %s".formatted(encoder, pair.candidate(), pair.reference()));
        return encoder.equals(pair.reference()) ? Direction.INDEPENDENT : Direction.CANDIDATE;
    }

    /** @throws InvalidRunException also if there is none */
    private ListOwnedUnitsResponse owned(TracedPruningPlan plan, List<Long> images) {
        FieldViolations violations = new FieldViolations();
        try {
            ListOwnedUnitsResponse units = services.ownedUnits(ListOwnedUnitsRequest.newBuilder()
                    .setUnitMem(plan.getUnitMem())
                    .addAllImages(images)
                    .addAllLayers(plan.getLayersList())
                    .setBeforeActivation(plan.getBeforeActivation())
                    .setLeastUnitMem(plan.getLeastUnitMem())
                    .setMostUnits(plan.getMostUnits())
                    .build());
            violations.require(units.getOwned() > 0, "plan.images", "none of these images owns a unit that is asked for");
            refuse(violations);
            return units;
        } catch (StatusRuntimeException e) {
            Refusals.of(e).forEach(violation -> violations.add("plan." + violation.getField(), violation.getDescription()));
            throw new InvalidRunException(violations);
        }
    }

    private record Order(
            String id, String requestId, TracedPruningPlan plan, FinishedAttack before, ResolvedPair pair, Direction seen, List<Long> images) {
        String encoder() {
            return seen == Direction.CANDIDATE ? pair.candidate() : pair.reference();
        }
    }

    private CreateTracedPruningResponse start(Order order, CreateTracedPruningResponse.Builder response) {
        TracedPruningSpec.Builder spec = TracedPruningSpec.newBuilder()
                .setBefore(order.before.hasProbes() ? order.before.name() : attack(order, order.pair.name(), order.id + "-before-attack"))
                .setUnitMem(order.plan.getUnitMem())
                .addAllImages(order.images)
                .setPruned(variant(order, order.id + "-pruned", PruneUnits.newBuilder().setBy(PruneUnits.By.OWNED)));
        int controls = order.plan.getControls() == 0 ? DEFAULT_CONTROLS : order.plan.getControls();
        for (int i = 0; i < controls; i++) {
            PruneUnits.Builder random =
                    PruneUnits.newBuilder().setBy(PruneUnits.By.RANDOM_AS_OWNED).setSeed(order.plan.getSeed() + i);
            spec.addControls(variant(order, order.id + "-random-" + (i + 1), random));
        }
        RunSpec run = RunSpec.newBuilder().setTracedPruning(spec).build();
        return response.setRun("runs/" + submission.submit(run, order.id, order.requestId).id())
                .setBefore(spec.getBefore())
                .setPruned(spec.getPruned())
                .addAllControls(spec.getControlsList())
                .build();
    }

    /** An edited encoder, its pair and the attack on it. */
    private TracedVariant variant(Order order, String name, PruneUnits.Builder prune) {
        TracedPruningPlan plan = order.plan;
        services.editEncoder(EditEncoderRequest.newBuilder()
                .setEncoderId(name)
                .setSpec(EditEncoderSpec.newBuilder()
                        .setSource(order.encoder())
                        .setPrune(prune.setUnitMem(plan.getUnitMem())
                                .addAllImages(order.images)
                                .addAllLayers(plan.getLayersList())
                                .setBeforeActivation(plan.getBeforeActivation())
                                .setLeastUnitMem(plan.getLeastUnitMem())
                                .setMostUnits(plan.getMostUnits())))
                .build());
        String edited = "encoders/" + name;
        boolean candidate = order.seen == Direction.CANDIDATE;
        services.createPair(CreatePairRequest.newBuilder()
                .setPairId(name)
                .setSplit(order.pair.split())
                .setCandidate(candidate ? edited : order.pair.candidate())
                .setReference(candidate ? order.pair.reference() : edited)
                .build());
        return TracedVariant.newBuilder()
                .setEncoder(edited)
                .setAttack(attack(order, "pairs/" + name, name + "-attack"))
                .build();
    }

    /** The same attack on another pair, with probes; its name. */
    private String attack(Order order, String pair, String id) {
        DejaVuSpec spec =
                order.before.spec().toBuilder().setPair(pair).clearReplicates().setProbeControl(true).build();
        return "runs/" + attacks.submit(CreateDejaVuRequest.newBuilder().setRunId(id).setSpec(spec).build()).id();
    }

    private static void refuse(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
