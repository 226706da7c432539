package dev.engram.ui.fake;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.ui.format.Kind;
import dev.engram.v1.CompleteRecipeRequest;
import dev.engram.v1.CreateEncoderRequest;
import dev.engram.v1.GetTrainingVocabularyRequest;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TrainingVocabulary;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.GetEncoderRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.ListEncodersResponse;
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
public final class FakeTrainerService extends TrainerServiceGrpc.TrainerServiceImplBase {
  /** Small, with every type of option. */
  public static final TrainingVocabulary VOCABULARY = TrainingVocabulary.newBuilder()
      .addNetworks(RecipeChoice.newBuilder().setName("resnet9").setMeaning("Eight convolutions."))
      .addNetworks(RecipeChoice.newBuilder().setName("vit_tiny").setMeaning("Twelve blocks.")
          .addOptions(option("patch", RecipeOption.Type.INTEGER, "4", "1 to 32"))
          .addOptions(option("pool", RecipeOption.Type.TEXT, "token", "").toBuilder().addChoices("token").addChoices("mean")))
      .addObjectives(RecipeChoice.newBuilder().setName("simclr").setMeaning("NT-Xent.")
          .addOptions(option("temperature", RecipeOption.Type.NUMBER, "0.5", "> 0")))
      .addObjectives(RecipeChoice.newBuilder().setName("vicreg").addOptions(option("variance", RecipeOption.Type.NUMBER, "25", ">= 0")))
      .addOptimizers(RecipeChoice.newBuilder().setName("adam").addOptions(option("beta1", RecipeOption.Type.NUMBER, "0.9", "[0, 1)")))
      .addOptimizers(RecipeChoice.newBuilder().setName("lars").addOptions(option("momentum", RecipeOption.Type.NUMBER, "0.9", "[0, 1)"))
          .addOptions(option("decay_vectors", RecipeOption.Type.BOOLEAN, "false", "")))
      .addSchedules(RecipeChoice.newBuilder().setName("warmup_cosine").addOptions(option("final_fraction", RecipeOption.Type.NUMBER, "0.001", "0 to 1")))
      .addSchedules(RecipeChoice.newBuilder().setName("step").addOptions(option("gamma", RecipeOption.Type.NUMBER, "0.1", "(0, 1]"))
          .addOptions(option("milestones", RecipeOption.Type.NUMBER, "", "> 0")))
      .addAugmentations(RecipeChoice.newBuilder().setName("simclr-normal").setMeaning("As in the paper."))
      .addAugmentations(RecipeChoice.newBuilder().setName("fashion-grey").setMeaning("For grey pictures.")).build();

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
  public void completeRecipe(CompleteRecipeRequest request, StreamObserver<TrainingRecipe> observer) {
    Answers.one(observer, () -> {
      if (request.getRecipe().getEpochs() < 1) {
        Answers.refuse(List.of(Answers.violation("recipe.epochs", "Must be at least 1.")));
      }
      return request.getRecipe();
    });
  }

  @Override
  public void createEncoder(CreateEncoderRequest request, StreamObserver<Encoder> observer) {
    Answers.one(observer, () -> {
      List<FieldViolation> violations = new ArrayList<>();
      if (request.getSpec().getRecipe().getEpochs() < 1) {
        violations.add(Answers.violation("spec.recipe.epochs", "Must be at least 1."));
      }
      if (request.getSpec().getRecipe().getNetworkOptionsOrDefault("patch", "4").equals("0")) {
        violations.add(Answers.violation("spec.recipe.network_options.patch", "must be 1 to 32, is \"0\""));
      }
      if (request.getSpec().getRecipe().getSchedule().getGamma() > 1) {
        violations.add(Answers.violation("spec.recipe.schedule.gamma", "must be in (0, 1]"));
      }
      Answers.refuse(violations);
      String id = request.getEncoderId().isEmpty() ? "encoder-" + world.all().size() : request.getEncoderId();
      world.queue(id, RunSpec.newBuilder().setTrainEncoder(request.getSpec()).build());
      return encoder(world.get("runs/" + id));
    });
  }

  @Override
  public void getTrainingVocabulary(GetTrainingVocabularyRequest request, StreamObserver<TrainingVocabulary> observer) {
    Answers.one(observer, () -> VOCABULARY);
  }

  @Override
  public void getPair(GetPairRequest request, StreamObserver<Pair> observer) {
    Answers.one(observer, () -> pair(request.getName()));
  }

  @Override
  public void listPairs(ListPairsRequest request, StreamObserver<ListPairsResponse> observer) {
    Answers.one(observer, () -> ListPairsResponse.newBuilder().addAllPairs(world.all().stream()
        .filter(run -> run.getSpec().hasTrainEncoder()).map(run -> run.getSpec().getTrainEncoder().getPair())
        .filter(pair -> !pair.isEmpty()).distinct()
        .map(this::pair).toList()).build());
  }

  @Override
  public void getEncoder(GetEncoderRequest request, StreamObserver<Encoder> observer) {
    Answers.one(observer, () -> encoder(Answers.found(world.get(request.getName().replace("encoders/", "runs/")), request.getName())));
  }

  @Override
  public void listEncoders(ListEncodersRequest request, StreamObserver<ListEncodersResponse> observer) {
    Answers.one(observer, () -> ListEncodersResponse.newBuilder().addAllEncoders(world.all().stream()
        .filter(run -> run.getSpec().hasTrainEncoder() || run.getSpec().hasImportEncoder()).map(FakeTrainerService::encoder).toList()).build());
  }

  private static RecipeOption option(String name, RecipeOption.Type type, String defaultValue, String range) {
    return RecipeOption.newBuilder().setName(name).setType(type).setDefaultValue(defaultValue).setRange(range).build();
  }

  private static Encoder encoder(Run run) {
    return Encoder.newBuilder().setName(run.getName().replace("runs/", "encoders/")).setRun(run.getName())
        .setSpec(run.getSpec().getTrainEncoder()).setImported(run.getSpec().hasImportEncoder()).setParameters(1_644_672)
        .setCheckpoint(run.getArtifactsCount() == 0 ? "" : run.getArtifacts(0).getArtifact()).setCollapsed(run.getName().equals("runs/demo-g")).build();
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
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("f").setLayer("output").setWidth(256).setLinear(0.812).setRankMe(180.5).setActive(0.4).setHalfZero(0.7).setLinearBinarized(0.39).setLinearTrain(0.841).setKnn(0.774))
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("f").setLayer("prep.conv").setWidth(32).setLinear(0.412).setRankMe(9.2).setActive(0.4).setHalfZero(0.7).setLinearBinarized(0.39).setLinearTrain(0.43).setKnn(0.39))
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("f").setLayer("layer2.conv").setWidth(128).setLinear(0.7).setRankMe(61.0).setActive(0.4).setHalfZero(0.7).setLinearBinarized(0.39).setLinearTrain(0.72).setKnn(0.66))
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("g").setLayer("output").setWidth(256).setLinear(0.809).setLinearTrain(0.838).setKnn(0.776))
        .setSplit("splits/fashion-split").setDataset("datasets/fashion").setCorruptedImages(500).addAllCorrupted(corrupted()).build());
  }

  private static List<ProbeResult.CorruptedAccuracy> corrupted() {
    List<ProbeResult.CorruptedAccuracy> rows = new ArrayList<>();
    for (String corruption : List.of("gaussian_noise", "contrast")) {
      for (int severity = 1; severity <= 5; severity++) {
        rows.add(ProbeResult.CorruptedAccuracy.newBuilder().setEncoder("f").setLayer("output").setCorruption(corruption).setSeverity(severity)
            .setLinear(0.8 - severity * 0.1).build());
      }
    }
    return rows;
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
    return !run.getSpec().hasTrainEncoder() && Kind.pair(run.getSpec()).equals(pair);
  }
}
