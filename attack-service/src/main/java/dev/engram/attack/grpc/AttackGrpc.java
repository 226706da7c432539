package dev.engram.attack.grpc;

import dev.engram.attack.result.DejaVuResults;
import dev.engram.attack.run.AttackPresets;
import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.attack.sweep.AttackSweepOrders;
import dev.engram.attack.trace.TracedPruningOrders;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.Store;
import dev.engram.v1.AttackRun;
import dev.engram.v1.AttackService;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateAttackSweepResponse;
import dev.engram.v1.CreateAuditRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.CreateTracedPruningResponse;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.GetAttackSweepResultRequest;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetOneModelResultRequest;
import dev.engram.v1.GetTracedPruningResultRequest;
import dev.engram.v1.ListAttackPresetsRequest;
import dev.engram.v1.ListAttackPresetsResponse;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TracedPruningResult;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** AttackService. Failures get their status in {@code dev.engram.runs.grpc}. */
@GrpcService
public class AttackGrpc implements AttackService {
    private final RunSubmission runs;
    private final DejaVuSubmission submission;
    private final DejaVuResults results;
    private final AttackSweepOrders sweeps;
    private final TracedPruningOrders traced;

    AttackGrpc(RunSubmission submission, Resources resources, Store store, OtherServices others, TracedPeers tracedPeers) {
        this.runs = submission;
        this.submission = new DejaVuSubmission(submission, resources);
        this.results = new DejaVuResults(store.catalogue(), store.artifacts());
        this.sweeps = new AttackSweepOrders(submission, store.catalogue(), others);
        this.traced = new TracedPruningOrders(submission, resources, store, tracedPeers);
    }

    @Override
    public Uni<ListAttackPresetsResponse> listAttackPresets(ListAttackPresetsRequest request) {
        return Answers.by(() -> ListAttackPresetsResponse.newBuilder().addAllPresets(AttackPresets.all()).build());
    }

    @Override
    public Uni<AttackRun> createDejaVu(CreateDejaVuRequest request) {
        return Answers.by(() -> AttackRun.newBuilder().setRun("runs/" + submission.submit(request).id()).build());
    }

    @Override
    public Uni<DejaVuResult> getDejaVuResult(GetDejaVuResultRequest request) {
        return Answers.by(() -> results.get(request.getRun()));
    }

    @Override
    public Uni<AttackRun> createOneModel(CreateOneModelRequest request) {
        RunSpec spec = RunSpec.newBuilder().setOneModel(request.getSpec()).build();
        return start(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<AttackRun> createAudit(CreateAuditRequest request) {
        RunSpec spec = RunSpec.newBuilder().setAudit(request.getSpec()).build();
        return start(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<OneModelResult> getOneModelResult(GetOneModelResultRequest request) {
        return Answers.by(() -> results.oneModel(request.getRun()));
    }

    @Override
    public Uni<CreateAttackSweepResponse> createAttackSweep(CreateAttackSweepRequest request) {
        return Answers.by(() -> sweeps.create(request));
    }

    @Override
    public Uni<AttackSweepResult> getAttackSweepResult(GetAttackSweepResultRequest request) {
        return Answers.by(() -> results.sweep(request.getRun()));
    }

    @Override
    public Uni<ListAttackedImagesResponse> listAttackedImages(ListAttackedImagesRequest request) {
        return Answers.by(() -> results.list(request));
    }

    @Override
    public Uni<CreateTracedPruningResponse> createTracedPruning(CreateTracedPruningRequest request) {
        return Answers.by(() -> traced.create(request));
    }

    @Override
    public Uni<TracedPruningResult> getTracedPruningResult(GetTracedPruningResultRequest request) {
        return Answers.by(() -> results.tracedPruning(request.getRun()));
    }

    private Uni<AttackRun> start(RunSpec spec, String runId, String requestId) {
        return Answers.by(() ->
                AttackRun.newBuilder().setRun("runs/" + runs.submit(spec, runId, requestId).id()).build());
    }
}
