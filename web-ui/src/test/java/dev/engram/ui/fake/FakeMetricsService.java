package dev.engram.ui.fake;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.v1.Agreement;
import dev.engram.v1.AgreementLayer;
import dev.engram.v1.AlignedUnit;
import dev.engram.v1.Alignment;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.Distance;
import dev.engram.v1.GetAgreementRequest;
import dev.engram.v1.GetAlignmentRequest;
import dev.engram.v1.GetImageScoresRequest;
import dev.engram.v1.GetInvarianceResultRequest;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.ImageLayerScore;
import dev.engram.v1.ImageLayerUnits;
import dev.engram.v1.ImageScore;
import dev.engram.v1.ImageScoreAtLayer;
import dev.engram.v1.ImageScores;
import dev.engram.v1.ImageUnit;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerAgreement;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ListImageScoresRequest;
import dev.engram.v1.ListImageScoresResponse;
import dev.engram.v1.ListMeasurePresetsRequest;
import dev.engram.v1.ListMeasurePresetsResponse;
import dev.engram.v1.ListUnitOwnersRequest;
import dev.engram.v1.ListUnitOwnersResponse;
import dev.engram.v1.ListUnitsOfImageRequest;
import dev.engram.v1.ListUnitsOfImageResponse;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.ListUnitsResponse;
import dev.engram.v1.MeanInterval;
import dev.engram.v1.MeasurePreset;
import dev.engram.v1.MetricsRun;
import dev.engram.v1.MetricsServiceGrpc;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.OwnerFrequency;
import dev.engram.v1.RankAgreement;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetInvariance;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.SubsetTest;
import dev.engram.v1.Unit;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.UnitOwner;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** LayerMem and UnitMem of a ResNet-9, of the order of the papers' figures. */
final class FakeMetricsService extends MetricsServiceGrpc.MetricsServiceImplBase {
  static final List<String> BLOCKS = List.of("prep", "layer1_head", "layer1_residual1", "layer1_residual2", "layer2",
      "layer3_head", "layer3_residual1", "layer3_residual2");
  static final int[] UNITS = {32, 64, 64, 64, 128, 256, 256, 256};
  private static final double[] CANDIDATE = {.091, .123, .154, .183, .212, .246, .276, .308};
  private static final Map<String, Double> SHARE = Map.of("candidate", 1.0, "shared", 0.13, "independent", -0.92, "external", 0.05,
      "top50", 2.5, "least50", 0.22);
  private final World world;

  FakeMetricsService(World world) {
    this.world = world;
  }

  @Override
  public void listMeasurePresets(ListMeasurePresetsRequest request, StreamObserver<ListMeasurePresetsResponse> observer) {
    Answers.one(observer, () -> ListMeasurePresetsResponse.newBuilder().addPresets(MeasurePreset.newBuilder().setId("table-1")
        .setDescription("LayerMem of 100 images a subset.").setSource("a paper").setLayerMem(LayerMemSpec.newBuilder().setViews(10)
            .setDistance(Distance.L2).setNormalization(LayerMemSpec.Normalization.RATIO).setMaxImages(100))).build());
  }

  @Override
  public void getAgreement(GetAgreementRequest request, StreamObserver<Agreement> observer) {
    Answers.one(observer, () -> {
      Agreement.Builder agreement = Agreement.newBuilder().setImages(1000).setTop(100);
      for (int i = 0; i < BLOCKS.size(); i++) {
        agreement.addLayers(AgreementLayer.newBuilder().setLayer(BLOCKS.get(i) + ".conv").setPoint("conv").setDepth(i + 1));
        for (int j = 0; j < i; j++) {
          double share = 1 / (1 + 0.4 * (i - j));
          agreement.addPairs(LayerAgreement.newBuilder().setFirst(j).setSecond(i).setCommon((int) (100 * share)).setOverlap(share).setTau(share - 0.1)
              .setP(1e-9).setTauUnion(share - 0.5).setPUnion(0.02).setUnion(200 - (int) (100 * share)));
        }
      }
      return agreement.build();
    });
  }

  @Override
  public void getAlignment(GetAlignmentRequest request, StreamObserver<Alignment> observer) {
    Answers.one(observer, () -> {
      Alignment.Builder alignment = Alignment.newBuilder().setLayer(request.getLayer()).setUnits(256).setCountedUnits(26).setThreshold(0.81).setScoredPoints(60)
          .setSpearman(RankAgreement.newBuilder().setValue(0.41).setP(0.001)).setKendall(RankAgreement.newBuilder().setValue(0.29).setP(0.001))
          .addFrequencies(OwnerFrequency.newBuilder().setTimes(1).setImages(24).setScoredImages(24).setMeanSslmem(0.69))
          .addFrequencies(OwnerFrequency.newBuilder().setTimes(2).setImages(1).setScoredImages(1).setMeanSslmem(0.81));
      for (int i = 0; i < 60; i++) {
        alignment.addPoints(AlignedUnit.newBuilder().setUnit(i).setUnitMem(0.95 - 0.01 * i).setNullUnitMem(0.4).setImageId(i % 20)
            .setSslmem(0.8 - 0.012 * i + 0.1 * Math.sin(i)).setSubset(i % 3 == 0 ? "shared" : "candidate").setCounted(i < 26));
      }
      return alignment.build();
    });
  }

  @Override
  public void listUnitOwners(ListUnitOwnersRequest request, StreamObserver<ListUnitOwnersResponse> observer) {
    Answers.one(observer, () -> ListUnitOwnersResponse.newBuilder().setTotal(2).setUnits(256).setCountedUnits(26).setThreshold(0.81)
        .addOwners(UnitOwner.newBuilder().setImageId(7).setUnits(2).setMaxUnitMem(0.95).setSslmem(0.81).setSubset("candidate"))
        .addOwners(UnitOwner.newBuilder().setImageId(9).setUnits(1).setMaxUnitMem(0.91)).build());
  }

  @Override
  public void createLayerMem(CreateLayerMemRequest request, StreamObserver<MetricsRun> observer) {
    Answers.one(observer, () -> {
      List<FieldViolation> violations = new ArrayList<>();
      if (request.getSpec().getViews() < 2 || request.getSpec().getViews() > 64) {
        violations.add(Answers.violation("spec.views", "Must be 2 to 64, was " + request.getSpec().getViews() + "."));
      }
      if (request.getSpec().getMaxImages() < 0) {
        violations.add(Answers.violation("spec.max_images", "Must be 0 or more."));
      }
      Answers.refuse(violations);
      String id = request.getRunId().isEmpty() ? "layermem-" + world.all().size() : request.getRunId();
      world.queue(id, RunSpec.newBuilder().setLayerMem(request.getSpec()).build());
      return MetricsRun.newBuilder().setRun("runs/" + id).build();
    });
  }

  @Override
  public void createUnitMem(CreateUnitMemRequest request, StreamObserver<MetricsRun> observer) {
    Answers.one(observer, () -> {
      String id = "unitmem-" + world.all().size();
      world.queue(id, RunSpec.newBuilder().setUnitMem(request.getSpec()).build());
      return MetricsRun.newBuilder().setRun("runs/" + id).build();
    });
  }

  @Override
  public void getLayerMemResult(GetLayerMemResultRequest request, StreamObserver<LayerMemResult> observer) {
    Answers.one(observer, () -> {
      LayerMemResult.Builder result = LayerMemResult.newBuilder().setViews(10);
      double before = 0;
      double row = 0;
      for (int i = 0; i < BLOCKS.size(); i++) {
        for (String point : i == 3 || i == 7 ? List.of("conv", "norm", "add") : List.of("conv", "norm")) {
          double value = CANDIDATE[i] + (point.equals("conv") ? 0 : point.equals("norm") ? 0.001 : 0.003);
          LayerScore.Builder layer = LayerScore.newBuilder().setLayer(layer(i, point)).setPoint(point).setDepth(i + 1);
          for (String subset : List.of("candidate", "shared", "independent", "external", "top50", "least50")) {
            double mean = value * SHARE.get(subset);
            double half = subset.endsWith("50") ? 0.02 : 0.008;
            layer.addSubsets(SubsetScore.newBuilder().setSubset(subset).setMean(mean).setCiLow(mean - half).setCiHigh(mean + half)
                .setImages(subset.endsWith("50") ? 50 : 1000).setDegenerate(i == 0 && subset.equals("shared") ? 3 : 0));
          }
          for (String against : List.of("external", "shared")) {
            double mean = value * (1 - SHARE.get(against));
            layer.addDifferences(SubsetDifference.newBuilder().setSubset("candidate").setAgainst(against).setMean(mean)
                .setCiLow(mean - 0.011).setCiHigh(mean + 0.011));
          }
          if (!point.equals("norm")) {
            if (before > 0) {
              layer.setDeltaConv(value - before);
            }
            before = value;
          }
          if (row > 0) {
            layer.setDeltaModule(value - row);
          }
          row = value;
          result.addLayers(layer);
        }
      }
      for (String against : List.of("shared", "independent", "external")) {
        result.addSslmemTests(SubsetTest.newBuilder().setSubset("candidate").setAgainst(against).setAlternative("greater")
            .setDifference(0.308 * (1 - SHARE.get(against))).setT(21.37 - against.length()).setP(3.1e-77).setWelchP(4.4e-77).setEffect(0.87));
      }
      result.addSslmemTests(SubsetTest.newBuilder().setSubset("shared").setAgainst("external").setAlternative("two-sided")
          .setDifference(0.0246).setT(1.21).setP(0.226).setWelchP(0.227).setEffect(0.04));
      return result.build();
    });
  }

  @Override
  public void listImageScores(ListImageScoresRequest request, StreamObserver<ListImageScoresResponse> observer) {
    Answers.one(observer, () -> {
      int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      ListImageScoresResponse.Builder answer = ListImageScoresResponse.newBuilder().setTotal(60).setDegenerate(2)
          .setLayer(request.getLayer().isEmpty() ? "layer3_residual_add" : request.getLayer())
          .setNextPageToken(from + request.getPageSize() >= 60 ? "" : String.valueOf(from + request.getPageSize()));
      for (int i = from; i < Math.min(60, from + request.getPageSize()); i++) {
        double score = request.getLeastFirst() ? -0.11 + 0.01 * i : 0.9 - 0.01 * i;
        answer.addImages(ImageLayerScore.newBuilder().setImageId(request.getLeastFirst() ? 5000 + i : i).setScore(score)
            .setSubset(request.getSubset().isEmpty() ? List.of("candidate", "shared", "independent", "external").get(i % 4) : request.getSubset())
            .setDistanceF(0.5 * (1 - score)).setDistanceG(0.5 * (1 + score)).setDegenerate(request.getLeastFirst() && i == 11));
      }
      return answer.build();
    });
  }

  @Override
  public void getUnitMemResult(GetUnitMemResultRequest request, StreamObserver<UnitMemResult> observer) {
    Answers.one(observer, () -> {
      boolean reference = request.getRun().endsWith("-g");
      double less = reference ? 0.03 : 0;
      UnitMemResult.Builder result = UnitMemResult.newBuilder().setImages(4000).setViews(reference ? 5 : 10).setOthers(UnitMemSpec.Others.MEAN);
      for (int i = 0; i < BLOCKS.size(); i++) {
        for (String point : List.of("conv", "relu")) {
          Random random = new Random(i * 31L + point.hashCode());
          UnitLayerSummary.Builder layer = UnitLayerSummary.newBuilder().setLayer(BLOCKS.get(i) + "." + point).setPoint(point).setDepth(i + 1)
              .setUnits(UNITS[i]).setDead(i == 6 ? 2 : 0).setSign(UnitMemSpec.Sign.SIGNED);
          int[] trained = histogram(random, UNITS[i], 0.32 + 0.055 * i - less, 0.12);
          int[] none = histogram(random, UNITS[i], 0.22 + 0.02 * i, 0.06);
          for (int bin = 0; bin < 20; bin++) {
            layer.addHistogram(trained[bin]).addNullHistogram(none[bin]);
          }
          result.addLayers(layer.setMean(0.32 + 0.055 * i - less).setMax(0.62 + 0.05 * i).setNullMean(0.22 + 0.02 * i).setNullMax(0.41 + 0.02 * i));
        }
      }
      return result.build();
    });
  }

  @Override
  public void getInvarianceResult(GetInvarianceResultRequest request, StreamObserver<InvarianceResult> observer) {
    Answers.one(observer, () -> {
      InvarianceResult.Builder result = InvarianceResult.newBuilder().setDraws(4);
      for (String operation : List.of("crop", "horizontal_flip", "hue", "all")) {
        OperationInvariance.Builder one = OperationInvariance.newBuilder().setOperation(operation);
        for (int i = 0; i < BLOCKS.size(); i++) {
          double far = operation.length() / 40.0 / (1 + i);
          one.addLayers(LayerInvariance.newBuilder().setLayer(BLOCKS.get(i) + ".conv").setPoint("conv").setDepth(i + 1)
              .addSubsets(moved("candidate", far * 0.7, far)).addSubsets(moved("external", far, far))
              .setBeyondF(interval(-far * 0.3)).setBeyondG(interval(0)));
        }
        result.addOperations(one);
      }
      return result.build();
    });
  }

  private static SubsetInvariance moved(String subset, double f, double g) {
    return SubsetInvariance.newBuilder().setSubset(subset).setImages(200).setF(interval(f)).setG(interval(g)).build();
  }

  private static MeanInterval interval(double mean) {
    return MeanInterval.newBuilder().setMean(mean).setCiLow(mean - 0.01).setCiHigh(mean + 0.01).build();
  }

  @Override
  public void listUnits(ListUnitsRequest request, StreamObserver<ListUnitsResponse> observer) {
    Answers.one(observer, () -> {
      int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      ListUnitsResponse.Builder answer = ListUnitsResponse.newBuilder().setNextPageToken(from >= 48 ? "" : String.valueOf(from + request.getPageSize()));
      int end = from + (request.hasUnit() ? 1 : request.getPageSize());
      for (int i = from; i < end; i++) {
        Random random = new Random(i - request.getLayer().hashCode());
        Unit.Builder unit = Unit.newBuilder().setLayer(request.getLayer())
            .setUnit(request.hasUnit() ? request.getUnit() : unit(request.getLayer(), i)).setUnitMem(0.93 - 0.006 * i).setTies(1);
        for (int image = 0; image < 9; image++) {
          unit.addTopImages(ImageScore.newBuilder().setImageId(random.nextInt(10_000)).setScore(2.7 / (1 + image * 0.35)));
        }
        answer.addUnits(unit);
      }
      return answer.build();
    });
  }

  @Override
  public void getImageScores(GetImageScoresRequest request, StreamObserver<ImageScores> observer) {
    Answers.one(observer, () -> {
      if (request.getImageId() >= 10_000) {
        throw Status.NOT_FOUND.withDescription("image " + request.getImageId()).asRuntimeException();
      }
      ImageScores.Builder scores = ImageScores.newBuilder().setImageId(request.getImageId()).setSubset("candidate").setSubsetImages(1000);
      for (int i = 0; i < BLOCKS.size(); i++) {
        for (String point : i == 3 || i == 7 ? List.of("conv", "norm", "add") : List.of("conv", "norm")) {
          double score = 1.7 * CANDIDATE[i] + 0.04 * new Random(request.getImageId() + i).nextGaussian();
          scores.addLayers(ImageScoreAtLayer.newBuilder().setLayer(layer(i, point)).setPoint(point).setDepth(i + 1).setScore(score)
              .setDistanceF(0.5 * (1 - score)).setDistanceG(0.5 * (1 + score)).setRank(9 - i));
        }
      }
      return scores.build();
    });
  }

  @Override
  public void listUnitsOfImage(ListUnitsOfImageRequest request, StreamObserver<ListUnitsOfImageResponse> observer) {
    Answers.one(observer, () -> ListUnitsOfImageResponse.newBuilder().setTotal(2).setOwned(1)
        .addUnits(ImageUnit.newBuilder().setLayer("layer3_residual2.relu").setPoint("relu").setDepth(8).setUnit(unit("layer3_residual2.relu", 20)).setRank(1)
            .setMeanActivation(2.71).setUnitMem(0.31).setNullUnitMem(0.2).setTies(1))
        .addUnits(ImageUnit.newBuilder().setLayer("prep.conv").setPoint("conv").setDepth(1).setUnit(3).setRank(4)
            .setMeanActivation(0.4).setUnitMem(0.44).setNullUnitMem(0.39).setTies(1))
        .addLayers(ImageLayerUnits.newBuilder().setLayer("prep.conv").setPoint("conv").setDepth(1).setUnits(1))
        .addLayers(ImageLayerUnits.newBuilder().setLayer("layer3_residual2.relu").setPoint("relu").setDepth(8).setUnits(1).setOwned(1)).build());
  }

  private static int unit(String layer, int place) {
    return new Random(place + layer.hashCode()).nextInt(32) + 32 * place;
  }

  private static String layer(int block, String point) {
    return switch (point) {
      case "conv" -> BLOCKS.get(block) + ".conv";
      case "norm" -> BLOCKS.get(block) + ".batch";
      default -> block == 3 ? "layer1_residual_add" : "layer3_residual_add";
    };
  }

  private static int[] histogram(Random random, int units, double mean, double spread) {
    int[] bins = new int[20];
    for (int i = 0; i < units; i++) {
      bins[(int) (20 * Math.clamp(mean + spread * random.nextGaussian(), 0, 0.999))]++;
    }
    return bins;
  }
}
