package dev.engram.trainer.grpc;

import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.grpc.Answers;
import dev.engram.store.Store;
import dev.engram.trainer.ResultFiles;
import dev.engram.trainer.dataset.KnownSizes;
import dev.engram.trainer.checkpoint.EncoderFiles;
import dev.engram.trainer.checkpoint.ExistingPairs;
import dev.engram.trainer.probe.Probes;
import dev.engram.trainer.recipe.CompleteRecipes;
import dev.engram.trainer.recipe.NamedRecipes;
import dev.engram.trainer.recipe.RecipeVocabulary;
import dev.engram.trainer.training.EncoderRequests;
import dev.engram.trainer.training.Encoders;
import dev.engram.trainer.training.PairRequests;
import dev.engram.trainer.training.Pairs;
import dev.engram.trainer.training.PlannedEncoders;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.Encoder;
import dev.engram.v1.GetEncoderRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.GetTrainingVocabularyRequest;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListEncodersResponse;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListPairsResponse;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.ListRecipesResponse;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeRun;
import dev.engram.v1.TrainerService;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TrainingVocabulary;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Pairs, encoders, probes, recipes. */
@GrpcService
public class TrainerGrpc implements TrainerService {
    private final PairRequests requests;
    private final ExistingPairs existing;
    private final Pairs pairs;
    private final Encoders encoders;
    private final EncoderRequests single;
    private final Probes probes;

    TrainerGrpc(Store store, RunSubmission submission, PairCatalogue catalogue, Resources resources) {
        ResultFiles files = new ResultFiles(store);
        KnownSizes sizes = new KnownSizes(resources, files);
        this.requests = new PairRequests(catalogue, resources, sizes);
        this.existing = new ExistingPairs(catalogue, new EncoderFiles(store, files), new PlannedEncoders(resources, files));
        this.pairs = new Pairs(store.catalogue());
        this.single = new EncoderRequests(submission, resources, sizes);
        this.encoders = new Encoders(store.catalogue(), files);
        this.probes = new Probes(store.catalogue(), submission, files);
    }

    @Override
    public Uni<Pair> createPair(CreatePairRequest request) {
        return Answers.by(() -> pairs.get("pairs/"
                + (ExistingPairs.isAskedFor(request) ? existing.create(request) : requests.create(request)).id()));
    }

    @Override
    public Uni<Pair> getPair(GetPairRequest request) {
        return Answers.by(() -> pairs.get(request.getName()));
    }

    @Override
    public Uni<ListPairsResponse> listPairs(ListPairsRequest request) {
        return Answers.by(() -> pairs.list(request));
    }

    @Override
    public Uni<Encoder> createEncoder(CreateEncoderRequest request) {
        return Answers.by(() -> encoders.get(single.create(request)));
    }

    @Override
    public Uni<Encoder> getEncoder(GetEncoderRequest request) {
        return Answers.by(() -> encoders.get(request.getName()));
    }

    @Override
    public Uni<ListEncodersResponse> listEncoders(ListEncodersRequest request) {
        return Answers.by(() -> encoders.list(request));
    }

    @Override
    public Uni<ProbeRun> createProbe(CreateProbeRequest request) {
        return Answers.by(() -> probes.create(request));
    }

    @Override
    public Uni<ProbeResult> getProbeResult(GetProbeResultRequest request) {
        return Answers.by(() -> probes.result(request.getRun()));
    }

    @Override
    public Uni<ListRecipesResponse> listRecipes(ListRecipesRequest request) {
        return Answers.by(() -> ListRecipesResponse.newBuilder().addAllRecipes(NamedRecipes.all()).build());
    }

    @Override
    public Uni<TrainingVocabulary> getTrainingVocabulary(GetTrainingVocabularyRequest request) {
        return Answers.by(RecipeVocabulary::describe);
    }

    @Override
    public Uni<TrainingRecipe> completeRecipe(CompleteRecipeRequest request) {
        return Answers.by(() -> CompleteRecipes.complete(request));
    }
}
