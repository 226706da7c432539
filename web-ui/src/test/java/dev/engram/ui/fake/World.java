package dev.engram.ui.fake;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.BundledSource;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunArtifact;
import dev.engram.v1.RunError;
import dev.engram.v1.RunProgress;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SweptAttack;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TracedPruningSpec;
import dev.engram.v1.TracedVariant;
import dev.engram.v1.UnitMemSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The runs of the stand-in, by name; the newest has the highest number. */
final class World {
  static final TrainingRecipe RECIPE = TrainingRecipe.newBuilder().setNetwork("resnet9").setObjective("simclr").setTemperature(0.5)
      .addProjector(256).addProjector(64).setEpochs(30).setBatchSize(128).setOptimizer("adam").setLearningRate(1e-3)
      .setWeightDecay(1e-6).setWarmupEpochs(3).setAugmentation("fashion-grey").setSeed(7).setResumePointSteps(31).build();
  static final AttackSweepSpec SWEEP = AttackSweepSpec.newBuilder().addAxes("epochs")
      .addAttacks(SweptAttack.newBuilder().addValues("5").setDejaVu("runs/demo-dejavu")).build();
  private final Instant start = Instant.now();
  private final Map<String, Run> runs = new ConcurrentSkipListMap<>();

  private final String store;

  /** @param store address of the object store */
  World(String store) {
    this.store = store;
    put("fashion", 7200, RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.newBuilder()
        .setDisplayName("Fashion-MNIST, test set").setBundled(BundledSource.newBuilder().setId("fashion-mnist-test"))).build(), 4, "dataset");
    put("known", 7100, RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.newBuilder()
        .setDisplayName("Known answer, 4,000 images").setComposed(ComposedSource.newBuilder().setImages(4000))).build(), 9, "dataset");
    put("fashion-split", 7000, RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/fashion")
        .setSeed(3).setShared(3000).setCandidate(1000).setIndependent(1000).setExternal(1000).setPublicSet(4000)).build(), 1, "split");
    put("demo-f", 6900, training(TrainEncoderSpec.Side.CANDIDATE, "demo"), 431, "checkpoint");
    put("demo-g", 6890, training(TrainEncoderSpec.Side.REFERENCE, "demo"), 440, "checkpoint");
    put("demo-layermem", 5000, RunSpec.newBuilder().setLayerMem(
        LayerMemSpec.newBuilder().setPair("pairs/demo").setViews(10)).build(), 66, "result");
    put("demo-unitmem", 4900, RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/demo").setViews(10)
        .setTopImages(9)).build(), 81, "result");
    put("demo-unitmem-g", 4950, RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/demo").setReference(true).setViews(5)
        .setTopImages(9)).build(), 79, "result");
    put("demo-probe", 4800, RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setPair("pairs/demo").setK(20)).build(), 12, "result");
    put("demo-dejavu", 4700, RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/demo").setK(100)
        .addCuts("projector").setResamples(2000)
        .addCrops(corner(Crop.Corner.LOWER_LEFT)).addCrops(corner(Crop.Corner.UPPER_RIGHT))).build(), 18, "result");
    put("demo-sweep", 4650, RunSpec.newBuilder().setAttackSweep(SWEEP).build(), 1, "result");
    put("demo-traced", 4400, RunSpec.newBuilder().setTracedPruning(traced("demo-traced")).build(), 3, "result");
    put("demo-pruning", 4550, RunSpec.newBuilder().setPruning(PruningSpec.newBuilder().setSource("encoders/demo-f")
        .setUnitMem("runs/demo-unitmem").addSplits("splits/fashion-split")).build(), 95, "result");
    put("demo-exchange", 4500, RunSpec.newBuilder().setExchange(ExchangeSpec.newBuilder().setSource("encoders/demo-f")
        .setOther("encoders/demo-g").setLargest(2)).build(), 120, "result");
    put("demo-invariance", 4600, RunSpec.newBuilder().setInvariance(InvarianceSpec.newBuilder().setPair("pairs/demo").setDraws(4)).build(), 21, "result");
    failed("warm-f", 4000, training(TrainEncoderSpec.Side.CANDIDATE, "warm"), Run.State.FAILED, RunError.newBuilder()
        .setCategory(RunError.Category.DIVERGED).setStep(212)
        .setMessage("The loss became NaN at step 212; the checkpoint of step 186 is kept.").build());
    failed("warm-g", 3990, training(TrainEncoderSpec.Side.REFERENCE, "warm"), Run.State.LOST, RunError.newBuilder()
        .setCategory(RunError.Category.WORKER_LOST).setRetryable(true)
        .setMessage("The worker process (pid 48213) was killed by signal 9 at step 640.").build());
    Run queued = base("large-g", 300, training(TrainEncoderSpec.Side.REFERENCE, "large")).setState(Run.State.QUEUED)
        .addDependencies("runs/fashion-split").build();
    runs.put(queued.getName(), queued);
    Run measured = base("large-layermem", 290, RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/large")).build())
        .setState(Run.State.QUEUED).addDependencies("runs/large-f").addDependencies("runs/large-g").build();
    runs.put(measured.getName(), measured);
    Run training = base("large-f", 310, training(TrainEncoderSpec.Side.CANDIDATE, "large")).setState(Run.State.RUNNING)
        .addDependencies("runs/fashion-split").setAttempt(1).setStartTime(ago(190)).setWorker("laptop:48999").setDevice("cuda:0 (NVIDIA H200)")
        .addInputs(RunArtifact.newBuilder().setRole("split").setArtifact(artifact("fashion-split"))).build();
    runs.put(training.getName(), training);
  }

  String store() {
    return store;
  }

  static Crop corner(Crop.Corner corner) {
    return Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(corner).setFraction(0.3)).build();
  }

  static TracedPruningSpec traced(String id) {
    return TracedPruningSpec.newBuilder().setBefore("runs/demo-dejavu").setUnitMem("runs/demo-unitmem").addImages(11).addImages(42).addImages(7)
        .setPruned(TracedVariant.newBuilder().setEncoder("encoders/" + id + "-pruned").setAttack("runs/" + id + "-pruned-attack"))
        .addControls(TracedVariant.newBuilder().setEncoder("encoders/" + id + "-random-1").setAttack("runs/" + id + "-random-1-attack")).build();
  }

  static String artifact(String id) {
    return "artifacts/" + String.format("%016x", id.hashCode() * 0x9E3779B97F4A7C15L).repeat(4);
  }

  Collection<Run> all() {
    return runs.values().stream().map(this::now)
        .sorted((a, b) -> Long.compare(b.getCreateTime().getSeconds(), a.getCreateTime().getSeconds())).toList();
  }

  Run get(String name) {
    Run run = runs.get(name);
    return run == null ? null : now(run);
  }

  void change(Run run) {
    runs.put(run.getName(), run.toBuilder().setVersion(run.getVersion() + 1).setUpdateTime(ago(0)).build());
  }

  void remove(String name) {
    runs.remove(name);
  }

  void queue(String id, RunSpec spec, String... dependencies) {
    Run run = base(id, 0, spec).setState(Run.State.QUEUED).addAllDependencies(java.util.List.of(dependencies)).build();
    runs.put(run.getName(), run);
  }

  /** The same run with the progress it has made by now: 8 steps a second. */
  private Run now(Run run) {
    if (run.getState() != Run.State.RUNNING) {
      return run;
    }
    double passed = java.time.Duration.between(start, Instant.now()).toMillis() / 1000.0;
    long done = 40_000 + (long) (8.1 * passed);
    return run.toBuilder().setVersion(run.getVersion() + done).setUpdateTime(ago(0)).setProgress(RunProgress.newBuilder()
        .setStage("training").setDone(done).setTotal(94_000).setUnit("step").setRate(8.1)
        .setEta(Duration.newBuilder().setSeconds((94_000 - done) / 8))
        .putMetrics("loss", 4.2 * Math.exp(-done / 50_000.0) + 1.4).putMetrics("learning_rate", 7.3e-4).putMetrics("rankme", 1.2).putMetrics("collapsed", 1)).build();
  }

  private void put(String id, int secondsAgo, RunSpec spec, int took, String role) {
    Run.Builder run = base(id, secondsAgo, spec).setState(Run.State.SUCCEEDED).setAttempt(1).setStartTime(ago(secondsAgo - 5))
        .setEndTime(ago(secondsAgo - 5 - took))
        .addArtifacts(RunArtifact.newBuilder().setRole(role).setArtifact(artifact(id)));
    if (id.endsWith("split")) {
      input(run, "fashion", "dataset");
    } else if (id.startsWith("demo-") && !role.equals("checkpoint")) {
      input(run, "demo-f", "checkpoint");
      input(run, "demo-g", "checkpoint");
      input(run, "fashion-split", "split");
    } else if (role.equals("checkpoint")) {
      input(run, "fashion-split", "split");
    }
    runs.put(run.getName(), run.build());
  }

  private static void input(Run.Builder run, String id, String role) {
    run.addDependencies("runs/" + id).addInputs(RunArtifact.newBuilder().setRole(role).setArtifact(artifact(id)));
  }

  private void failed(String id, int secondsAgo, RunSpec spec, Run.State state, RunError error) {
    Run run = base(id, secondsAgo, spec).setState(state).setAttempt(1).setStartTime(ago(secondsAgo - 3))
        .setEndTime(ago(secondsAgo - 60)).setError(error).addDependencies("runs/fashion-split").build();
    runs.put(run.getName(), run);
  }

  private Run.Builder base(String id, int secondsAgo, RunSpec spec) {
    return Run.newBuilder().setName("runs/" + id).setSpec(spec).setVersion(1).setCreateTime(ago(secondsAgo))
        .setUpdateTime(ago(secondsAgo));
  }

  private static RunSpec training(TrainEncoderSpec.Side side, String pair) {
    return RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit("splits/fashion-split").setSide(side)
        .setPair("pairs/" + pair).setRecipe(RECIPE)).build();
  }

  private static Timestamp ago(int seconds) {
    return Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() - seconds).build();
  }
}
