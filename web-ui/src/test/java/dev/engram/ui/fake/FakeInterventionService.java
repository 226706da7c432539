package dev.engram.ui.fake;

import dev.engram.v1.CreateExchangeRequest;
import dev.engram.v1.CreatePruningRequest;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.EditedEncoder;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.GetExchangeResultRequest;
import dev.engram.v1.GetPruningResultRequest;
import dev.engram.v1.InterventionServiceGrpc;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.ProbedSplit;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitPool;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Sweeps over a ResNet-9, of the order of the paper's figures. */
final class FakeInterventionService extends InterventionServiceGrpc.InterventionServiceImplBase {
  private static final List<String> LAYERS = List.of("prep.conv", "layer1_head.conv", "layer1_residual1.conv", "layer1_residual2.conv",
      "layer2.conv", "layer3_head.conv", "layer3_residual1.conv", "layer3_residual2.conv");
  /** Wang et al. 2024, Table 30, by layer: on the source's data, and on the other's. */
  private static final double[] SOURCE = {.6307, .6519, .6447, .6029, .6274, .5991, .6077, .6004};
  private static final double[] OTHER = {.1879, .1901, .1899, .2044, .1993, .2192, .2097, .2171};
  private final World world;

  FakeInterventionService(World world) {
    this.world = world;
  }

  @Override
  public void createPruning(CreatePruningRequest request, StreamObserver<MetricsRun> observer) {
    Answers.one(observer, () -> {
      if (request.getSpec().getTrials() > 100) {
        Answers.refuse(List.of(Answers.violation("spec.trials", "must be 1 to 100")));
      }
      return queued(request.getRunId(), "pruning", RunSpec.newBuilder().setPruning(request.getSpec()).build());
    });
  }

  @Override
  public void createExchange(CreateExchangeRequest request, StreamObserver<MetricsRun> observer) {
    Answers.one(observer, () -> queued(request.getRunId(), "exchange", RunSpec.newBuilder().setExchange(request.getSpec()).build()));
  }

  @Override
  public void editEncoder(EditEncoderRequest request, StreamObserver<EditedEncoder> observer) {
    Answers.one(observer, () -> {
      String run = queued(request.getEncoderId(), "edit", RunSpec.newBuilder().setEditEncoder(request.getSpec()).build()).getRun();
      return EditedEncoder.newBuilder().setEncoder(run.replace("runs/", "encoders/")).setRun(run).build();
    });
  }

  @Override
  public void getPruningResult(GetPruningResultRequest request, StreamObserver<PruningResult> observer) {
    Answers.one(observer, () -> {
      PruningResult.Builder result = PruningResult.newBuilder().setUnits(1120).addAllLayers(LAYERS).setK(20);
      for (By strategy : List.of(By.HIGHEST, By.LOWEST, By.RANDOM)) {
        double slope = strategy == By.HIGHEST ? 1.7 : strategy == By.LOWEST ? 0.8 : 1.2;
        for (double share : List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5)) {
          double mean = 0.7044 * Math.exp(-slope * share);
          int trials = strategy == By.RANDOM && share > 0 ? 10 : 1;
          result.addPoints(PruningResult.Point.newBuilder().setStrategy(strategy).setPool(UnitPool.UNIT_POOL_PER_LAYER).setShare(share)
              .setSplit("splits/fashion-split").setPruned(Math.round(1120 * share)).setLinear(mean(mean, trials)).setKnn(mean(0.9 * mean, trials)));
        }
      }
      return result.build();
    });
  }

  @Override
  public void getExchangeResult(GetExchangeResultRequest request, StreamObserver<ExchangeResult> observer) {
    Answers.one(observer, () -> {
      ExchangeResult.Builder result = ExchangeResult.newBuilder().addAllLayers(LAYERS).setMatchedImages(900).setOtherImages(1000).setK(20);
      result.addSets(set(List.of(), .6937, .2009));
      for (int i = 0; i < LAYERS.size(); i++) {
        result.addSets(set(List.of(LAYERS.get(i)), SOURCE[i], OTHER[i]));
      }
      for (int i = 0; i < LAYERS.size(); i++) {
        for (int j = i + 1; j < LAYERS.size(); j++) {
          result.addSets(set(List.of(LAYERS.get(i), LAYERS.get(j)), SOURCE[i] + SOURCE[j] - .72, OTHER[i] + OTHER[j] - .19));
        }
      }
      return result.build();
    });
  }

  private MetricsRun queued(String wanted, String kind, RunSpec spec) {
    String id = wanted.isEmpty() ? kind + "-" + world.all().size() : wanted;
    world.queue(id, spec);
    return MetricsRun.newBuilder().setRun("runs/" + id).build();
  }

  private static TrialMean mean(double mean, int trials) {
    double half = trials == 1 ? 0 : 0.012;
    return TrialMean.newBuilder().setTrials(trials).setMean(mean).setLow(mean - half).setHigh(mean + half).build();
  }

  private static ExchangeResult.Set set(List<String> layers, double source, double transfer) {
    return ExchangeResult.Set.newBuilder().addAllLayers(layers).setTransfer(transfer)
        .setSource(ProbedSplit.newBuilder().setSplit("splits/fashion-split").setLinear(source).setKnn(source - .05))
        .setOther(ProbedSplit.newBuilder().setSplit("splits/other").setLinear(transfer + .3).setKnn(transfer + .25)).build();
  }
}
