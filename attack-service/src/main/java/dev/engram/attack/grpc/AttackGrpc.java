package dev.engram.attack.grpc;

import dev.engram.attack.result.DejaVuResults;
import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.v1.AttackRun;
import dev.engram.v1.AttackService;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;

/** AttackService. Failures get their status in {@code dev.engram.runs.grpc}. */
@GrpcService
@Blocking
public class AttackGrpc implements AttackService {
    private final DejaVuSubmission submission;
    private final DejaVuResults results;

    AttackGrpc(Catalogue catalogue, ArtifactRepository artifacts) {
        this.submission = new DejaVuSubmission(catalogue, RunTasks.load());
        this.results = new DejaVuResults(catalogue, artifacts);
    }

    @Override
    public Uni<AttackRun> createDejaVu(CreateDejaVuRequest request) {
        return Uni.createFrom()
                .item(() -> AttackRun.newBuilder().setRun("runs/" + submission.submit(request).id()).build());
    }

    @Override
    public Uni<DejaVuResult> getDejaVuResult(GetDejaVuResultRequest request) {
        return Uni.createFrom().item(() -> results.get(request.getRun()));
    }

    @Override
    public Uni<ListAttackedImagesResponse> listAttackedImages(ListAttackedImagesRequest request) {
        return Uni.createFrom().item(() -> results.list(request));
    }
}
