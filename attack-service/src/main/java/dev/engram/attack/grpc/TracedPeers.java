package dev.engram.attack.grpc;

import dev.engram.attack.trace.TracedServices;
import dev.engram.runs.grpc.Peer;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.InterventionService;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.TrainerService;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Pairs are the trainer's, edits the metrics service's. They are called where {@code engram.trainer.host} and {@code .port}, {@code
 * engram.interventions.host} and {@code .port} say, by default in this very process.
 */
@ApplicationScoped
class TracedPeers implements TracedServices {
    private static final Peer TRAINER = new Peer("trainer");
    private static final Peer INTERVENTIONS = new Peer("interventions");

    private final TrainerService trainer;
    private final InterventionService interventions;

    @Inject
    TracedPeers(@GrpcClient("trainer") TrainerService trainer, @GrpcClient("interventions") InterventionService interventions) {
        this.trainer = trainer;
        this.interventions = interventions;
    }

    @Override
    public ListOwnedUnitsResponse ownedUnits(ListOwnedUnitsRequest request) {
        return INTERVENTIONS.answer(interventions.listOwnedUnits(request));
    }

    @Override
    public void editEncoder(EditEncoderRequest request) {
        INTERVENTIONS.answer(interventions.editEncoder(request));
    }

    @Override
    public void createPair(CreatePairRequest request) {
        TRAINER.answer(trainer.createPair(request));
    }
}
