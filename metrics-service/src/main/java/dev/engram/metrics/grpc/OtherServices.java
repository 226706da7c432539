package dev.engram.metrics.grpc;

import dev.engram.metrics.replicates.ReplicateServices;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Peer;
import dev.engram.v1.AttackService;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainerService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Pairs and probes are the trainer's, attacks the attacks'; each service checks what it is asked for by its own rules. They are called where
 * {@code engram.trainer.host} and {@code .port}, {@code engram.attack.host} and {@code .port} say, by default in this very process.
 */
@ApplicationScoped
class OtherServices implements ReplicateServices {
    private static final Peer TRAINER = new Peer("trainer");
    private static final Peer ATTACK = new Peer("attack");

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
        TRAINER.answer(trainer.createPair(request));
    }

    @Override
    public void createMeasure(RunSpec spec, String runId) {
        switch (spec.getTaskCase()) {
            case PROBE -> TRAINER.answer(
                    trainer.createProbe(CreateProbeRequest.newBuilder().setRunId(runId).setSpec(spec.getProbe()).build()));
            case DEJA_VU -> ATTACK.answer(
                    attack.createDejaVu(CreateDejaVuRequest.newBuilder().setRunId(runId).setSpec(spec.getDejaVu()).build()));
            default -> submission.submit(spec, runId, "");
        }
    }
}
