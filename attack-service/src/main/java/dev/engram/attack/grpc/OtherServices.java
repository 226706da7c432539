package dev.engram.attack.grpc;

import dev.engram.attack.run.DejaVuSubmission;
import dev.engram.attack.sweep.SweepServices;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Peer;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.DatasetService;
import dev.engram.v1.GetSplitRequest;
import dev.engram.v1.Split;
import dev.engram.v1.TrainerService;
import dev.engram.v1.TrainingRecipe;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Splits and pairs are the trainer's, which checks recipes by its own rules; attacks are made here. The trainer is called where {@code engram.trainer.host} and
 * {@code .port} say, by default in this very process.
 */
@ApplicationScoped
class OtherServices implements SweepServices {
    private static final Peer TRAINER = new Peer("trainer");

    private final DejaVuSubmission attacks;
    private final DatasetService datasets;
    private final TrainerService trainer;

    @Inject
    OtherServices(
            RunSubmission submission,
            Resources resources,
            @GrpcClient("trainer") DatasetService datasets,
            @GrpcClient("trainer") TrainerService trainer) {
        this.attacks = new DejaVuSubmission(submission, resources);
        this.datasets = datasets;
        this.trainer = trainer;
    }

    @Override
    public Optional<Split> findSplit(String name) {
        try {
            return Optional.of(TRAINER.answer(datasets.getSplit(GetSplitRequest.newBuilder().setName(name).build())));
        } catch (StatusRuntimeException e) {
            Status.Code code = e.getStatus().getCode();
            if (code == Status.Code.NOT_FOUND || code == Status.Code.INVALID_ARGUMENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void checkRecipe(TrainingRecipe recipe, int images) {
        TRAINER.answer(trainer.completeRecipe(CompleteRecipeRequest.newBuilder().setRecipe(recipe).setImages(images).build()));
    }

    @Override
    public void createSplit(CreateSplitRequest request) {
        TRAINER.answer(datasets.createSplit(request));
    }

    @Override
    public void createPair(CreatePairRequest request) {
        TRAINER.answer(trainer.createPair(request));
    }

    @Override
    public void createAttack(CreateDejaVuRequest request) {
        attacks.submit(request);
    }
}
