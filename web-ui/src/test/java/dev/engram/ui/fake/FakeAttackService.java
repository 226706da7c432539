package dev.engram.ui.fake;

import dev.engram.v1.AccuracyGap;
import dev.engram.v1.AttackPreset;
import dev.engram.v1.AttackRun;
import dev.engram.v1.AttackServiceGrpc;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.ClassGap;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateAttackSweepResponse;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateOneModelRequest;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.CreateTracedPruningResponse;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.GetAttackSweepResultRequest;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetOneModelResultRequest;
import dev.engram.v1.GetTracedPruningResultRequest;
import dev.engram.v1.Interval;
import dev.engram.v1.ListAttackPresetsRequest;
import dev.engram.v1.ListAttackPresetsResponse;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.MembershipTest;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.OverPairs;
import dev.engram.v1.OwnedLayer;
import dev.engram.v1.OwnedUnit;
import dev.engram.v1.PairScore;
import dev.engram.v1.RepeatGap;
import dev.engram.v1.RepeatResponse;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.ProbeState;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Standing;
import dev.engram.v1.SwapTest;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweepTrend;
import dev.engram.v1.SweptAxis;
import dev.engram.v1.SweptTraining;
import dev.engram.v1.TestAgreement;
import dev.engram.v1.TracedCrop;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedLayer;
import dev.engram.v1.TracedProbe;
import dev.engram.v1.TracedPruningPlan;
import dev.engram.v1.TracedPruningResult;
import dev.engram.v1.TracedState;
import dev.engram.v1.TruePositives;
import dev.engram.v1.Vote;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Random;

/** A déjà vu attack that finds memory in one corner and none in the other. */
final class FakeAttackService extends AttackServiceGrpc.AttackServiceImplBase {
  private final World world;

  FakeAttackService(World world) {
    this.world = world;
  }

  @Override
  public void listAttackPresets(ListAttackPresetsRequest request, StreamObserver<ListAttackPresetsResponse> observer) {
    Answers.one(observer, () -> ListAttackPresetsResponse.newBuilder()
        .addPresets(AttackPreset.newBuilder().setId("corner-sizes").setDescription("The lower left corner in two sizes.").setSource("a paper")
            .setDejaVu(DejaVuSpec.newBuilder().setK(100).addCuts("projector").addCuts("backbone")
                .addCrops(corner(Crop.Corner.LOWER_LEFT, 0.2)).addCrops(corner(Crop.Corner.LOWER_LEFT, 0.5))))
        .addPresets(AttackPreset.newBuilder().setId("one-model").setDescription("Each encoder alone.").setSource("a paper")
            .setOneModel(OneModelSpec.newBuilder().setCrop(corner(Crop.Corner.LOWER_LEFT, 0.4)).setK(100).setTags(2))).build());
  }

  private static Crop corner(Crop.Corner corner, double fraction) {
    return Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(corner).setFraction(fraction)).build();
  }

  @Override
  public void createDejaVu(CreateDejaVuRequest request, StreamObserver<AttackRun> observer) {
    Answers.one(observer, () -> {
      if (request.getSpec().getCropsCount() == 0) {
        Answers.refuse(List.of(Answers.violation("spec.crops", "At least one crop is needed.")));
      }
      for (int i = 0; i < request.getSpec().getCropsCount(); i++) {
        double fraction = request.getSpec().getCrops(i).getCorner().getFraction();
        if (request.getSpec().getCrops(i).hasCorner() && (fraction <= 0 || fraction >= 1)) {
          Answers.refuse(List.of(Answers.violation("spec.crops[" + i + "].corner.fraction", "Must be above 0 and below 1.")));
        }
      }
      String id = "dejavu-" + world.all().size();
      world.queue(id, RunSpec.newBuilder().setDejaVu(request.getSpec()).build());
      return AttackRun.newBuilder().setRun("runs/" + id).build();
    });
  }

  @Override
  public void getDejaVuResult(GetDejaVuResultRequest request, StreamObserver<DejaVuResult> observer) {
    Answers.one(observer, () -> DejaVuResult.newBuilder().setK(100).setCandidates(1000).setIndependents(1000)
        .setMajority(0.1).setChance(0.1).setPublicImages(4000).addProbes(probe("f", 0.861)).addProbes(probe("g", 0.858))
        .addCrops(crop(Crop.Corner.LOWER_LEFT, 0.312, 0.251))
        .addCrops(crop(Crop.Corner.UPPER_RIGHT, 0.226, 0.219))
        .addCrops(crop(Crop.Corner.LOWER_LEFT, 0.262, 0.247).toBuilder().setCut("backbone")).build());
  }

  @Override
  public void listAttackedImages(ListAttackedImagesRequest request, StreamObserver<ListAttackedImagesResponse> observer) {
    Answers.one(observer, () -> {
      int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      ListAttackedImagesResponse.Builder answer = ListAttackedImagesResponse.newBuilder()
          .setNextPageToken(from >= 24 || request.hasImageId() ? "" : String.valueOf(from + request.getPageSize()));
      for (int i = from; i < from + (request.hasImageId() ? 1 : request.getPageSize()); i++) {
        Random random = new Random(i * 17L + request.getCrop());
        String cell = request.getCell().isEmpty() ? List.of("memorized", "correlated", "misrepresented", "unassociated").get(i % 4) : request.getCell();
        long image = request.hasImageId() ? request.getImageId() : random.nextInt(10_000);
        int label = Pictures.label(image);
        boolean target = cell.equals("memorized") || cell.equals("correlated");
        boolean reference = cell.equals("misrepresented") || cell.equals("correlated");
        answer.addImages(AttackedImage.newBuilder().setImageId(image).setLabel(label).setCell(cell)
            .setDirection(i % 3 == 2 ? "independent" : "candidate")
            .setTarget(vote(target ? label : (label + 3) % 10, -0.21 - 0.02 * i, random))
            .setReference(vote(reference ? label : (label + 5) % 10, -1.3 - 0.02 * i, random)));
      }
      return answer.build();
    });
  }

  @Override
  public void createOneModel(CreateOneModelRequest request, StreamObserver<AttackRun> observer) {
    Answers.one(observer, () -> {
      String id = "one-model-" + world.all().size();
      world.queue(id, RunSpec.newBuilder().setOneModel(request.getSpec()).build());
      return AttackRun.newBuilder().setRun("runs/" + id).build();
    });
  }

  @Override
  public void getOneModelResult(GetOneModelResultRequest request, StreamObserver<OneModelResult> observer) {
    Answers.one(observer, () -> OneModelResult.newBuilder().setK(100).setCandidates(1000).setIndependents(1000).setMajority(0.1).setChance(0.1)
        .setPublicImages(4000).setCorrelations(212).setDataset("datasets/fashion")
        .addReferences(reference("classifier", 0.28)).addReferences(reference("nearest_crops", 0.25))
        .addReferences(reference("naive_bayes", 0.19)).build());
  }

  @Override
  public void createAttackSweep(CreateAttackSweepRequest request, StreamObserver<CreateAttackSweepResponse> observer) {
    Answers.one(observer, () -> {
      for (int i = 0; i < request.getPlan().getAxesCount(); i++) {
        if (request.getPlan().getAxes(i).getValuesCount() < 2) {
          Answers.refuse(List.of(Answers.violation("plan.axes[" + i + "].values", "Must be 2 to 20.")));
        }
      }
      String id = "sweep-" + world.all().size();
      world.queue(id, RunSpec.newBuilder().setAttackSweep(World.SWEEP).build(), "runs/demo-dejavu");
      return CreateAttackSweepResponse.newBuilder().setRun("runs/" + id).build();
    });
  }

  /** The score rises with the epochs, the gap of the probe hardly; 20 epochs are beaten in both. */
  @Override
  public void getAttackSweepResult(GetAttackSweepResultRequest request, StreamObserver<AttackSweepResult> observer) {
    Answers.one(observer, () -> {
      AttackSweepResult.Builder result = AttackSweepResult.newBuilder()
          .addAxes(SweptAxis.newBuilder().setField("epochs").addAllValues(List.of("5", "10", "20", "30")).addAllPositions(List.of(5.0, 10.0, 20.0, 30.0)));
      double[] accuracy = {0.62, 0.71, 0.70, 0.78};
      double[] score = {0.01, 0.03, 0.09, 0.14};
      Standing[] standing = {Standing.STANDING_FRONT, Standing.STANDING_FRONT, Standing.STANDING_BEHIND, Standing.STANDING_FRONT};
      for (int i = 0; i < score.length; i++) {
        for (double fraction : new double[] {0.3, 0.5}) {
          double leak = score[i] * (fraction + 0.7);
          result.addPoints(SweepPoint.newBuilder().addValues(result.getAxes(0).getValues(i)).setCut("projector")
              .setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(fraction)))
              .setTarget(interval(0.2 + leak, 0.02)).setReference(interval(0.2, 0.02)).setScore(interval(leak, 0.02)).setMemorized(interval(leak + 0.04, 0.02))
              .setProbeAccuracy(interval(accuracy[i], 0.012)).setProbeGap(interval(0.05 + 0.002 * i, 0.015)).setStanding(standing[i])
              .addTrainings(SweptTraining.newBuilder().setRun("runs/demo-dejavu").setPair("pairs/demo").setScore(leak)));
        }
      }
      return result.addTrends(SweepTrend.newBuilder().setAxis("epochs").setCrop(result.getPoints(0).getCrop()).setCut("projector").setFigure("score").setRho(1)
          .setP(0.001).setObservations(4)).addWarnings("The points are of one training each.").build();
    });
  }

  @Override
  public void createTracedPruning(CreateTracedPruningRequest request, StreamObserver<CreateTracedPruningResponse> observer) {
    Answers.one(observer, () -> {
      TracedPruningPlan plan = request.getPlan();
      if (plan.getLeastUnitMem() > 1) {
        Answers.refuse(List.of(Answers.violation("plan.least_unit_mem", "must be in [0, 1]")));
      }
      List<Long> images = plan.getImagesCount() > 0 ? plan.getImagesList() : List.of(11L, 42L, 7L);
      CreateTracedPruningResponse.Builder answer = CreateTracedPruningResponse.newBuilder().addAllImages(images).setUnits(ownedUnits(images));
      if (request.getValidateOnly()) {
        return answer.build();
      }
      String id = request.getRunId().isEmpty() ? "traced-" + world.all().size() : request.getRunId();
      world.queue(id, RunSpec.newBuilder().setTracedPruning(World.traced(id)).build(), "runs/demo-dejavu");
      return answer.setRun("runs/" + id).build();
    });
  }

  private static ListOwnedUnitsResponse ownedUnits(List<Long> images) {
    ListOwnedUnitsResponse.Builder units = ListOwnedUnitsResponse.newBuilder().setEncoder("encoders/demo-f").setOwned(4).setConsidered(1120);
    for (int i = 0; i < 4; i++) {
      units.addUnits(OwnedUnit.newBuilder().setLayer("layer2.conv").setTap("layer2.relu").setUnit(13 * i).setUnitMem(0.92 - 0.05 * i)
          .setNullUnitMem(0.31).setImageId(images.getFirst()).setTies(1));
    }
    return units.addLayers(OwnedLayer.newBuilder().setLayer("prep.conv").setTap("prep.relu").setUnits(32))
        .addLayers(OwnedLayer.newBuilder().setLayer("layer2.conv").setTap("layer2.relu").setUnits(128).setOwned(4).setOwners(1)).build();
  }

  @Override
  public void getTracedPruningResult(GetTracedPruningResultRequest request, StreamObserver<TracedPruningResult> observer) {
    Answers.one(observer, () -> {
      TracedPruningResult.Builder result = TracedPruningResult.newBuilder().setSide("f").setEncoder("encoders/demo-f").setDataset("datasets/fashion")
          .addWarnings("Only 3 images were traced: intervals of so few say little.")
          .addLayers(TracedLayer.newBuilder().setLayer("layer2.conv").setUnits(128).setPruned(4).addOverlaps(0));
      TracedCrop.Builder crop = result.addCropsBuilder().setCut("projector").setCrop(World.corner(Crop.Corner.LOWER_LEFT));
      crop.addGroups(group("traced", 3, 1, 0.25, 0.75)).addGroups(group("others", 997, 0.31, 0.29, 0.3))
          .addGroups(group("unseen", 1000, 0.26, 0.27, 0.26)).addGroups(group("all", 2000, 0.31, 0.28, 0.3));
      for (String part : List.of("training", "validation")) {
        result.addProbes(TracedProbe.newBuilder().setPart(part).setImages(900)
            .addStates(ProbeState.newBuilder().setState("before").setAccuracy(interval(0.86, 0.02)))
            .addDifferences(ProbeState.newBuilder().setState("pruned - before").setAccuracy(interval(-0.01, 0.004))));
      }
      return result.build();
    });
  }

  private static TracedGroup group(String name, int images, double before, double pruned, double random) {
    return TracedGroup.newBuilder().setGroup(name).setImages(images).addStates(state("before", before)).addStates(state("pruned", pruned))
        .addStates(state("random", random)).addStates(state("random 1", random)).addDifferences(state("pruned - before", pruned - before))
        .addDifferences(state("random - before", random - before)).addDifferences(state("pruned - random", pruned - random)).build();
  }

  private static TracedState state(String name, double target) {
    return TracedState.newBuilder().setState(name).setTarget(interval(target, 0.02)).setReference(interval(0, 0)).setScore(interval(target, 0.02)).build();
  }

  private static ProbeControl probe(String encoder, double training) {
    return ProbeControl.newBuilder().setEncoder(encoder).setTraining(training).setValidation(0.802).setTrainingImages(4000)
        .setValidationImages(3900).build();
  }

  private static OneModelReference reference(String name, double right) {
    return OneModelReference.newBuilder().setName(name).setFigures(crop(Crop.Corner.LOWER_LEFT, 0.312, right))
        .setAgreement(TestAgreement.newBuilder().setBoth(140).setOnlyOneModel(96).setOnlyTwoModels(88).setNeither(1676).setKappa(0.55)
            .setPrecision(0.59).setRecall(0.61)).build();
  }

  private static CropResult crop(Crop.Corner corner, double target, double reference) {
    CropResult.Builder crop = CropResult.newBuilder().setCut("projector").setCrop(World.corner(corner)).setTarget(interval(target, 0.02))
        .setReference(interval(reference, 0.019)).setScore(interval(target - reference, 0.021))
        .setMemorized(interval(0.118, 0.014)).setCorrelated(interval(target - 0.118, 0.017))
        .setMisrepresented(interval(0.118 - target + reference, 0.012)).setUnassociated(interval(1 - reference - 0.118, 0.022));
    for (double share : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}) {
      crop.addCurve(CurvePoint.newBuilder().setShare(share).setTarget(target + 0.55 * Math.exp(-5 * share) - 0.004)
          .setReference(reference + 0.34 * Math.exp(-4 * share)).setReferenceCommon(reference + 0.22 * Math.exp(-4 * share)));
    }
    for (int label = 0; label < 10; label++) {
      int memorized = label == 3 ? 48 : 24 - label;
      crop.addClasses(ClassGap.newBuilder().setLabel(label).setMemorized(memorized).setCorrelated(38).setMisrepresented(14)
          .setUnassociated(148 - memorized).setGap((memorized - 14) / 200.0).setP(label == 3 ? 2e-5 : 0.3).setQ(label == 3 ? 2e-4 : 0.6));
    }
    return crop
        .setTop5(AccuracyGap.newBuilder().setTarget(interval(0.77, 0.02)).setReference(interval(0.74, 0.02)).setScore(interval(0.03, 0.01)))
        .setMacro(gap(target, reference))
        .setSwapTest(SwapTest.newBuilder().setPGreater(2e-5).setPTwoSided(4e-5))
        .setOverPairs(OverPairs.newBuilder().setMean(gap(target, reference)).setDeviation(0.011)
            .addPairs(PairScore.newBuilder().setPair("pairs/demo").setGap(gap(target, reference)))
            .addPairs(PairScore.newBuilder().setPair("pairs/demo-again").setGap(gap(target - 0.01, reference))))
        .setRepeats(RepeatResponse.newBuilder().setPerDoubling(interval(0.021, 0.013))
            .addCounts(repeated(1, 0.012)).addCounts(repeated(2, 0.031)).addCounts(repeated(5, 0.058)).addCounts(repeated(10, 0.084)))
        .addMembership(membership("confidence", 0.534)).addMembership(membership("difference", 0.571))
        .addDirections(DirectionResult.newBuilder().setDirection("candidate").setImages(1000).setTarget(target + 0.004)
            .setReference(reference - 0.002).setTargetTop5(0.78).setReferenceTop5(0.74).setFlat(214).setRepeated(219))
        .addDirections(DirectionResult.newBuilder().setDirection("independent").setImages(1000).setTarget(target - 0.004)
            .setReference(reference + 0.002).setTargetTop5(0.77).setReferenceTop5(0.74).setFlat(208).setRepeated(211))
        .build();
  }

  private static RepeatGap repeated(int count, double score) {
    return RepeatGap.newBuilder().setRepeatCount(count).setImages(250).setMemorized(interval(0.1 + score, 0.03)).setMisrepresented(interval(0.1, 0.03))
        .setGap(AccuracyGap.newBuilder().setTarget(interval(0.2 + score, 0.04)).setReference(interval(0.2, 0.04)).setScore(interval(score, 0.035))).build();
  }

  private static AccuracyGap gap(double target, double reference) {
    return AccuracyGap.newBuilder().setTarget(interval(target, 0.02)).setReference(interval(reference, 0.02))
        .setScore(interval(target - reference, 0.02)).build();
  }

  private static MembershipTest membership(String score, double auc) {
    return MembershipTest.newBuilder().setScore(score).setCandidates(1000).setIndependents(1000).setAuc(interval(auc, 0.02))
        .addTruePositives(TruePositives.newBuilder().setFalsePositiveRate(0.01).setTruePositiveRate(interval(0.021, 0.008)))
        .addTruePositives(TruePositives.newBuilder().setFalsePositiveRate(0.1).setTruePositiveRate(interval(0.16, 0.02))).build();
  }

  private static Interval interval(double value, double half) {
    return Interval.newBuilder().setValue(value).setCiLow(value - half).setCiHigh(value + half).build();
  }

  private static Vote vote(int prediction, double confidence, Random random) {
    Vote.Builder vote = Vote.newBuilder().setPrediction(prediction).setConfidence(confidence);
    for (int i = 0; i < 10; i++) {
      long neighbor = random.nextInt(1000) * 10L;
      while (i < 7 && Pictures.label(neighbor) != prediction) {
        neighbor++;
      }
      vote.addNeighbors(neighbor);
    }
    return vote.build();
  }
}
