package dev.engram.attack.grpc;

import dev.engram.attack.result.DejaVuResults;
import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.store.Store;
import dev.engram.v1.AttackRun;
import dev.engram.v1.AttackService;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

/** AttackService. Failures get their status in {@code dev.engram.runs.grpc}. */
@GrpcService
@RunOnVirtualThread
public class AttackGrpc implements AttackService {
    private final DejaVuSubmission submission;
    private final DejaVuResults results;

    AttackGrpc(RunSubmission submission, Resources resources, Store store) {
        this.submission = new DejaVuSubmission(submission, resources);
        this.results = new DejaVuResults(store.catalogue(), store.artifacts());
    }

    @Override
    public Uni<AttackRun> createDejaVu(CreateDejaVuRequest request) {
        String run = "runs/" + submission.submit(request).id();
        return Uni.createFrom().item(AttackRun.newBuilder().setRun(run).build());
    }

    @Override
    public Uni<DejaVuResult> getDejaVuResult(GetDejaVuResultRequest request) {
        return Uni.createFrom().item(results.get(request.getRun()));
    }

    @Override
    public Uni<ListAttackedImagesResponse> listAttackedImages(ListAttackedImagesRequest request) {
        return Uni.createFrom().item(results.list(request));
    }
}
