package dev.engram.metrics.grpc;

import dev.engram.metrics.replicates.ReplicateServices;
import dev.engram.runs.RunSubmission;
import dev.engram.v1.AttackService;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainerService;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Pairs and probes are the trainer's, attacks the attacks'; each service checks what it is asked for by its own rules. They are called where
 * {@code engram.trainer.host} and {@code .port}, {@code engram.attack.host} and {@code .port} say, by default in this very process.
 */
@ApplicationScoped
class OtherServices implements ReplicateServices {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunSubmission submission;
    private final TrainerService trainer;
    private final AttackService attack;

    @Inject
    OtherServices(RunSubmission submission, @GrpcClient("trainer") TrainerService trainer, @GrpcClient("attack") AttackService attack) {
        this.submission = submission;
        this.trainer = trainer;
        this.attack = attack;
    }

    @Override
    public void createPair(CreatePairRequest request) {
        answer("trainer", trainer.createPair(request));
    }

    @Override
    public void createMeasure(RunSpec spec, String runId) {
        switch (spec.getTaskCase()) {
            case PROBE -> answer(
                    "trainer", trainer.createProbe(CreateProbeRequest.newBuilder().setRunId(runId).setSpec(spec.getProbe()).build()));
            case DEJA_VU -> answer(
                    "attack", attack.createDejaVu(CreateDejaVuRequest.newBuilder().setRunId(runId).setSpec(spec.getDejaVu()).build()));
            default -> submission.submit(spec, runId, "");
        }
    }

    /** The answer; a service that is not where it was looked for is named, with the setting that says where it is. */
    private static <T> T answer(String service, Uni<T> call) {
        try {
            return call.await().atMost(PATIENCE);
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            if (status.getCode() == Status.Code.UNIMPLEMENTED || status.getCode() == Status.Code.UNAVAILABLE) {
                throw Status.UNAVAILABLE
                        .withDescription("the %s service does not answer where engram.%s.host and engram.%s.port say: %s"
                                .formatted(service, service, service, status.getDescription()))
                        .withCause(e)
                        .asRuntimeException();
            }
            throw e;
        }
    }
}
