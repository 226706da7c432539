package dev.engram.ui.fake;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.ListPairsRequest;
import dev.engram.v1.ListPairsResponse;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.ListRecipesResponse;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeRun;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainerServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Pairs as the training runs of the {@link World} say. */
final class FakeTrainerService extends TrainerServiceGrpc.TrainerServiceImplBase {
  private final World world;

  FakeTrainerService(World world) {
    this.world = world;
  }

  @Override
  public void createPair(CreatePairRequest request, StreamObserver<Pair> observer) {
    Answers.one(observer, () -> {
      List<FieldViolation> violations = new ArrayList<>();
      if (request.getRecipe().getEpochs() < 1) {
        violations.add(Answers.violation("recipe.epochs", "Must be at least 1."));
      }
      if (request.getRecipe().hasTemperature() && request.getRecipe().getTemperature() <= 0) {
        violations.add(Answers.violation("recipe.temperature", "Must be above 0."));
      }
      Answers.refuse(violations);
      String id = request.getPairId().isEmpty() ? "pair-" + world.all().size() : request.getPairId();
      for (TrainEncoderSpec.Side side : List.of(TrainEncoderSpec.Side.CANDIDATE, TrainEncoderSpec.Side.REFERENCE)) {
        world.queue(id + (side == TrainEncoderSpec.Side.CANDIDATE ? "-f" : "-g"), RunSpec.newBuilder().setTrainEncoder(
            TrainEncoderSpec.newBuilder().setSplit(request.getSplit()).setSide(side).setPair("pairs/" + id)
                .setRecipe(request.getRecipe())).build(), request.getSplit().replace("splits/", "runs/"));
      }
      return pair("pairs/" + id);
    });
  }

  @Override
  public void getPair(GetPairRequest request, StreamObserver<Pair> observer) {
    Answers.one(observer, () -> pair(request.getName()));
  }

  @Override
  public void listPairs(ListPairsRequest request, StreamObserver<ListPairsResponse> observer) {
    Answers.one(observer, () -> ListPairsResponse.newBuilder().addAllPairs(world.all().stream()
        .filter(run -> run.getSpec().hasTrainEncoder()).map(run -> run.getSpec().getTrainEncoder().getPair()).distinct()
        .map(this::pair).toList()).build());
  }

  @Override
  public void createProbe(CreateProbeRequest request, StreamObserver<ProbeRun> observer) {
    Answers.one(observer, () -> {
      if (request.getSpec().getK() < 1) {
        Answers.refuse(List.of(Answers.violation("spec.k", "Must be 1 to 4000, the public set's size.")));
      }
      String id = "probe-" + world.all().size();
      world.queue(id, RunSpec.newBuilder().setProbe(request.getSpec()).build());
      return ProbeRun.newBuilder().setRun("runs/" + id).setSpec(request.getSpec()).build();
    });
  }

  @Override
  public void getProbeResult(GetProbeResultRequest request, StreamObserver<ProbeResult> observer) {
    Answers.one(observer, () -> ProbeResult.newBuilder().setK(20).setTrainImages(4000).setTestImages(1000).setClasses(10)
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("f").setLinear(0.812).setLinearTrain(0.841).setKnn(0.774))
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("g").setLinear(0.809).setLinearTrain(0.838).setKnn(0.776)).build());
  }

  @Override
  public void listRecipes(ListRecipesRequest request, StreamObserver<ListRecipesResponse> observer) {
    CreateSplitSpec sizes = CreateSplitSpec.newBuilder().setSeed(3).setShared(3000).setCandidate(1000).setIndependent(1000)
        .setExternal(1000).setPublicSet(4000).build();
    Answers.one(observer, () -> ListRecipesResponse.newBuilder()
        .addRecipes(NamedRecipe.newBuilder().setId("demo").setDescription("Fashion-MNIST in about ten minutes on two cores.")
            .setRecipe(World.RECIPE).setSplit(sizes))
        .addRecipes(NamedRecipe.newBuilder().setId("quick").setDescription("A minute: to see whether everything works.")
            .setRecipe(World.RECIPE.toBuilder().setEpochs(4).setWarmupEpochs(0.4))
            .setSplit(sizes.toBuilder().setShared(300).setCandidate(200).setIndependent(200).setExternal(200).setPublicSet(600)))
        .build());
  }

  private Pair pair(String name) {
    String id = name.substring("pairs/".length());
    Run candidate = Answers.found(world.get("runs/" + id + "-f"), name);
    return Pair.newBuilder().setName(name).setSplit(candidate.getSpec().getTrainEncoder().getSplit())
        .setRecipe(candidate.getSpec().getTrainEncoder().getRecipe()).setCandidate("encoders/" + id + "-f")
        .setReference("encoders/" + id + "-g").setDataset("datasets/fashion")
        .addAllRuns(world.all().stream().filter(run -> measures(run, name)).map(Run::getName).toList()).build();
  }

  private static boolean measures(Run run, String pair) {
    RunSpec spec = run.getSpec();
    return switch (spec.getTaskCase()) {
      case LAYER_MEM -> spec.getLayerMem().getPair().equals(pair);
      case UNIT_MEM -> spec.getUnitMem().getPair().equals(pair);
      case CLASS_MEM -> spec.getClassMem().getPair().equals(pair);
      case DEJA_VU -> spec.getDejaVu().getPair().equals(pair);
      case PROBE -> spec.getProbe().getPair().equals(pair);
      case REGISTER_DATASET, CREATE_SPLIT, TRAIN_ENCODER, IMPORT_ENCODER, CKA, TASK_NOT_SET -> false;
    };
  }
}
