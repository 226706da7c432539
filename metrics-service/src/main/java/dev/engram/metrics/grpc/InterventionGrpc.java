package dev.engram.metrics.grpc;

import dev.engram.metrics.intervention.SweepDefaults;
import dev.engram.metrics.result.InterventionResults;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.CreateExchangeRequest;
import dev.engram.v1.CreatePruningRequest;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.EditedEncoder;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.GetEncoderEditRequest;
import dev.engram.v1.GetExchangeResultRequest;
import dev.engram.v1.GetPruningResultRequest;
import dev.engram.v1.InterventionService;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.PruningResult;
import dev.engram.v1.RunSpec;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** InterventionService. Failures get their status in {@code dev.engram.runs.grpc}. */
@GrpcService
public class InterventionGrpc implements InterventionService {
    private final RunSubmission submission;
    private final SweepDefaults defaults;
    private final InterventionResults results;

    InterventionGrpc(RunSubmission submission, Catalogue catalogue, ArtifactRepository artifacts) {
        this.submission = submission;
        this.defaults = new SweepDefaults(catalogue);
        this.results = InterventionResults.of(catalogue, artifacts);
    }

    @Override
    public Uni<EditedEncoder> editEncoder(EditEncoderRequest request) {
        return Answers.by(() -> {
            RunSpec spec = RunSpec.newBuilder().setEditEncoder(request.getSpec()).build();
            RunRecord run = submission.submit(spec, request.getEncoderId(), request.getRequestId());
            return EditedEncoder.newBuilder().setEncoder("encoders/" + run.id()).setRun("runs/" + run.id()).build();
        });
    }

    @Override
    public Uni<EncoderEdit> getEncoderEdit(GetEncoderEditRequest request) {
        return Answers.by(() -> results.edit(request.getName()));
    }

    @Override
    public Uni<ListOwnedUnitsResponse> listOwnedUnits(ListOwnedUnitsRequest request) {
        return Answers.by(() -> results.ownedUnits(request));
    }

    @Override
    public Uni<MetricsRun> createPruning(CreatePruningRequest request) {
        return Answers.by(() -> submitted(
                RunSpec.newBuilder().setPruning(defaults.fill(request.getSpec())).build(), request.getRunId(), request.getRequestId()));
    }

    @Override
    public Uni<PruningResult> getPruningResult(GetPruningResultRequest request) {
        return Answers.by(() -> results.pruning(request.getRun()));
    }

    @Override
    public Uni<MetricsRun> createExchange(CreateExchangeRequest request) {
        return Answers.by(() -> submitted(
                RunSpec.newBuilder().setExchange(defaults.fill(request.getSpec())).build(), request.getRunId(), request.getRequestId()));
    }

    @Override
    public Uni<ExchangeResult> getExchangeResult(GetExchangeResultRequest request) {
        return Answers.by(() -> results.exchange(request.getRun()));
    }

    private MetricsRun submitted(RunSpec spec, String runId, String requestId) {
        return MetricsRun.newBuilder().setRun("runs/" + submission.submit(spec, runId, requestId).id()).build();
    }
}
