package dev.engram.trainer.grpc;

import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.Store;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.training.FineTunings;
import dev.engram.v1.FineTuneRequest;
import dev.engram.v1.FineTuneResult;
import dev.engram.v1.FineTuneService;
import dev.engram.v1.FineTunedEncoder;
import dev.engram.v1.GetFineTuneResultRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** FineTuneService. */
@GrpcService
public class FineTuneGrpc implements FineTuneService {
    private final FineTunings tunings;

    FineTuneGrpc(Store store, RunSubmission submission) {
        this.tunings = new FineTunings(store.catalogue(), submission, new ResultFiles(store));
    }

    @Override
    public Uni<FineTunedEncoder> fineTune(FineTuneRequest request) {
        return Answers.by(() -> tunings.create(request));
    }

    @Override
    public Uni<FineTuneResult> getFineTuneResult(GetFineTuneResultRequest request) {
        return Answers.by(() -> tunings.result(request.getName()));
    }
}
