package dev.engram.metrics.grpc;

import dev.engram.metrics.replicates.ReplicatesOrders;
import dev.engram.metrics.result.MeasureResults;
import dev.engram.metrics.result.Results;
import dev.engram.metrics.task.MeasurePresets;
import dev.engram.metrics.task.MeasuresOrders;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.v1.Agreement;
import dev.engram.v1.Alignment;
import dev.engram.v1.CkaResult;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.CreateCkaRequest;
import dev.engram.v1.CreateClassMemRequest;
import dev.engram.v1.CreateInvarianceRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateMeasuresResponse;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.CreateReplicatesResponse;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.GetAgreementRequest;
import dev.engram.v1.GetAlignmentRequest;
import dev.engram.v1.GetCkaResultRequest;
import dev.engram.v1.GetClassMemResultRequest;
import dev.engram.v1.GetImageScoresRequest;
import dev.engram.v1.GetInvarianceResultRequest;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.GetProbeAlignmentRequest;
import dev.engram.v1.GetReplicatesResultRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.ImageScores;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.ListMeasurePresetsRequest;
import dev.engram.v1.ListMeasurePresetsResponse;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.MetricsService;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemResult;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** MetricsService. Failures get their status in {@code dev.engram.runs.grpc}. */
@GrpcService
public class MetricsGrpc implements MetricsService {
    private final RunSubmission submission;
    private final MeasureResults results;
    private final Results derived;
    private final MeasuresOrders measures;
    private final ReplicatesOrders replicates;

    MetricsGrpc(RunSubmission submission, Catalogue catalogue, ArtifactRepository artifacts, OtherServices others) {
        this.submission = submission;
        this.derived = Results.of(catalogue, artifacts);
        this.results = derived.measures();
        this.measures = new MeasuresOrders(submission);
        this.replicates = new ReplicatesOrders(submission, others);
    }

    @Override
    public Uni<ListMeasurePresetsResponse> listMeasurePresets(ListMeasurePresetsRequest request) {
        return Answers.by(() -> ListMeasurePresetsResponse.newBuilder().addAllPresets(MeasurePresets.all()).build());
    }

    @Override
    public Uni<MetricsRun> createLayerMem(CreateLayerMemRequest request) {
        RunSpec spec = RunSpec.newBuilder().setLayerMem(request.getSpec()).build();
        return submitted(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<MetricsRun> createUnitMem(CreateUnitMemRequest request) {
        RunSpec spec = RunSpec.newBuilder().setUnitMem(request.getSpec()).build();
        return submitted(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<LayerMemResult> getLayerMemResult(GetLayerMemResultRequest request) {
        return Answers.by(() -> results.layerMem(request.getRun()));
    }

    @Override
    public Uni<UnitMemResult> getUnitMemResult(GetUnitMemResultRequest request) {
        return Answers.by(() -> results.unitMem(request.getRun()));
    }

    @Override
    public Uni<ListUnitsResponse> listUnits(ListUnitsRequest request) {
        return Answers.by(() -> results.units(request));
    }

    @Override
    public Uni<ListImageScoresResponse> listImageScores(ListImageScoresRequest request) {
        return Answers.by(() -> results.imageScores(request));
    }

    @Override
    public Uni<ImageScores> getImageScores(GetImageScoresRequest request) {
        return Answers.by(() -> derived.images().scores(request));
    }

    @Override
    public Uni<ListUnitsOfImageResponse> listUnitsOfImage(ListUnitsOfImageRequest request) {
        return Answers.by(() -> derived.images().units(request));
    }

    @Override
    public Uni<ListUnitOwnersResponse> listUnitOwners(ListUnitOwnersRequest request) {
        return Answers.by(() -> derived.images().owners(request));
    }

    @Override
    public Uni<Agreement> getAgreement(GetAgreementRequest request) {
        return Answers.by(() -> derived.agreement().agreement(request));
    }

    @Override
    public Uni<Alignment> getAlignment(GetAlignmentRequest request) {
        return Answers.by(() -> derived.alignment().units(request));
    }

    @Override
    public Uni<ProbeAlignment> getProbeAlignment(GetProbeAlignmentRequest request) {
        return Answers.by(() -> derived.alignment().probes(request));
    }

    @Override
    public Uni<MetricsRun> createCka(CreateCkaRequest request) {
        RunSpec spec = RunSpec.newBuilder().setCka(request.getSpec()).build();
        return submitted(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<CkaResult> getCkaResult(GetCkaResultRequest request) {
        return Answers.by(() -> results.cka(request.getRun()));
    }

    @Override
    public Uni<MetricsRun> createClassMem(CreateClassMemRequest request) {
        RunSpec spec = RunSpec.newBuilder().setClassMem(request.getSpec()).build();
        return submitted(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<ClassMemResult> getClassMemResult(GetClassMemResultRequest request) {
        return Answers.by(() -> results.classMem(request.getRun()));
    }

    @Override
    public Uni<MetricsRun> createInvariance(CreateInvarianceRequest request) {
        RunSpec spec = RunSpec.newBuilder().setInvariance(request.getSpec()).build();
        return submitted(spec, request.getRunId(), request.getRequestId());
    }

    @Override
    public Uni<InvarianceResult> getInvarianceResult(GetInvarianceResultRequest request) {
        return Answers.by(() -> results.invariance(request.getRun()));
    }

    @Override
    public Uni<CreateMeasuresResponse> createMeasures(CreateMeasuresRequest request) {
        return Answers.by(() -> measures.create(request));
    }

    @Override
    public Uni<CreateReplicatesResponse> createReplicates(CreateReplicatesRequest request) {
        return Answers.by(() -> replicates.create(request));
    }

    @Override
    public Uni<ReplicatesResult> getReplicatesResult(GetReplicatesResultRequest request) {
        return Answers.by(() -> results.replicates(request.getRun()));
    }

    private Uni<MetricsRun> submitted(RunSpec spec, String runId, String requestId) {
        return Answers.by(() -> MetricsRun.newBuilder()
                .setRun("runs/" + submission.submit(spec, runId, requestId).id())
                .build());
    }
}
