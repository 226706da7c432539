package dev.engram.attack.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.statistics.ProportionInterval;
import dev.engram.encoders.statistics.SeedInterval;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.AttackSweepSpec;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Interval;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Standing;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweepTrend;
import dev.engram.v1.SweptAttack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackSweepTaskTest {
    @TempDir
    Path root;

    private final AttackSweepSpec.Builder spec = AttackSweepSpec.newBuilder();
    private final List<String> names = new ArrayList<>();

    /** One training a point: the intervals are those of the attack and Wilson's, the standing follows, the trend is over the points. */
    @Test
    void oneTrainingAPoint() throws Exception {
        spec.addAxes("epochs");
        attack(List.of("100"), 0, 0.15, 0.72, 0.80, true);
        attack(List.of("9"), 0, 0.05, 0.70, 0.78, true);
        attack(List.of("40"), 0, 0.10, 0.60, 0.68, true);
        AttackSweepResult result = result(execute());
        assertEquals(List.of("9", "40", "100"), result.getAxes(0).getValuesList());
        assertEquals(List.of(9.0, 40.0, 100.0), result.getAxes(0).getPositionsList());
        assertEquals(
                List.of("9 0.3", "9 0.4", "9 0.5", "40 0.3", "40 0.4", "40 0.5", "100 0.3", "100 0.4", "100 0.5"),
                result.getPointsList().stream().map(point -> point.getValues(0) + " " + point.getCrop().getCorner().getFraction()).toList());
        SweepPoint first = result.getPoints(0);
        assertEquals(interval(0.05, 0.02), first.getScore());
        ProportionInterval wilson = ProportionInterval.of(0.70, 1000);
        assertEquals(wilson.low(), first.getProbeAccuracy().getCiLow(), 1e-12);
        assertEquals(wilson.high(), first.getProbeAccuracy().getCiHigh(), 1e-12);
        assertEquals(0.08, first.getProbeGap().getValue(), 1e-12);
        assertEquals("runs/a1", first.getTrainings(0).getRun());
        assertEquals("pairs/a1", first.getTrainings(0).getPair());
        assertEquals(
                List.of(Standing.STANDING_FRONT, Standing.STANDING_BEHIND, Standing.STANDING_FRONT),
                List.of(0, 3, 6).stream().map(i -> result.getPoints(i).getStanding()).toList());
        SweepTrend score = trend(result, "epochs", "score", 0.3);
        assertEquals(1, score.getRho(), 1e-12);
        assertEquals(3, score.getObservations());
        assertEquals(2 / 6.0, score.getP(), 1e-12, "of three trainings");
        assertEquals(0.5, trend(result, "epochs", "probe_accuracy", 0.3).getRho(), 1e-12);
        assertTrue(result.getTrendsList().stream().noneMatch(trend -> trend.getFigure().equals("probe_gap")), "the gap is the same everywhere");
        assertEquals(0, result.getWarningsCount());
    }

    /** Over sizes of a corner no p: the crops are of the same images. The leak of the fixture grows with the crop. */
    @Test
    void alongTheSizesOfACornerThereIsNoTest() throws Exception {
        attack(List.of(), 0, 0.1, 0.7, 0.8, true);
        AttackSweepResult result = result(execute());
        SweepTrend trend = result.getTrendsList().stream().filter(one -> one.getFigure().equals("score")).findFirst().orElseThrow();
        assertEquals("crop_fraction", trend.getAxis());
        assertEquals(0, trend.getCrop().getCorner().getFraction());
        assertEquals(1, trend.getRho(), 1e-12);
        assertFalse(trend.hasP());
        assertTrue(Files.readString(root.resolve("result/trends.csv")).contains("crop_fraction,,lower left,projector,score,1.0,,3\n"));
    }

    /** Several trainings a point: Student's t over them, and trends over all of them. A second axis is held. */
    @Test
    void severalTrainingsAPoint() throws Exception {
        spec.addAxes("objective_options.temperature").addAxes("network");
        int seed = 0;
        for (String network : List.of("resnet9", "resnet18")) {
            for (String temperature : List.of("0.5", "0.1", "0.2")) {
                attack(List.of(temperature, network), 1, 0.10 + 0.01 * seed, 0.7, 0.8, true);
                attack(List.of(temperature, network), 2, 0.14 + 0.01 * seed++, 0.8, 0.8, true);
            }
        }
        AttackSweepResult result = result(execute());
        assertEquals(List.of("0.1", "0.2", "0.5"), result.getAxes(0).getValuesList());
        assertEquals(List.of("resnet9", "resnet18"), result.getAxes(1).getValuesList());
        assertEquals(0, result.getAxes(1).getPositionsCount());
        SweepPoint point = result.getPointsList().stream().filter(one -> one.getValuesList().equals(List.of("0.5", "resnet9"))).findFirst().orElseThrow();
        SeedInterval over = SeedInterval.of(new double[] {0.10, 0.14});
        assertEquals(over.mean(), point.getScore().getValue(), 1e-12);
        assertEquals(over.low(), point.getScore().getCiLow(), 1e-12);
        assertEquals(0.75, point.getProbeAccuracy().getValue(), 1e-12);
        assertEquals(List.of(1L, 2L), point.getTrainingsList().stream().map(training -> training.getSeed()).toList());
        List<SweepTrend> scores = result.getTrendsList().stream()
                .filter(one -> one.getFigure().equals("score") && one.getAxis().startsWith("objective") && one.getCrop().getCorner().getFraction() == 0.3)
                .toList();
        assertEquals(List.of(List.of("resnet9"), List.of("resnet18")), scores.stream().map(SweepTrend::getOthersList).map(List::copyOf).toList());
        assertEquals(6, scores.getFirst().getObservations());
        String csv = Files.readString(root.resolve("result/sweep.csv"));
        assertTrue(csv.startsWith("objective_options.temperature,network,crop,cut,trainings,target,target_ci_low,"), csv);
        assertEquals(1 + 6 * 3, csv.lines().count());
        assertEquals(1 + 12 * 3, Files.readString(root.resolve("result/trainings.csv")).lines().count());
    }

    @Test
    void splitsStandByTheirTrainingImagesAndProjectorsByTheirWidestLayer() {
        AxisPositions positions = new AxisPositions(split -> CreateSplitSpec.newBuilder()
                .setShared(split.equals("splits/a") ? 300 : 100).setCandidate(50).build());
        assertEquals(List.of(350.0, 150.0), positions.of("split", List.of("splits/a", "splits/b")));
        assertEquals(List.of(), positions.of("split", List.of("small", "large")), "names that a spec made up");
        assertEquals(List.of(512.0, 64.0), positions.of("projector", List.of("512-128", "64-64-32")));
        assertEquals(List.of(), positions.of("projector", List.of("512-128", "512-64")));
        assertEquals(List.of(), positions.of("network", List.of("1", "vit")));
    }

    @Test
    void whatKeepsPointsFromBeingComparedIsSaid() throws Exception {
        spec.addAxes("epochs");
        attack(List.of("1"), 0, 0.1, 0.7, 0.8, false);
        attack(List.of("2"), 0, 0.1, 0.7, 0.8, true);
        attack(List.of("2"), 1, 0.1, 0.7, 0.8, true);
        StoredResults run = execute(name -> RunSpec.newBuilder()
                .setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/" + name).setK(name.equals("a0") ? 3 : 4))
                .build());
        AttackSweepResult result = result(run);
        assertEquals(3, result.getWarningsCount(), result.getWarningsList().toString());
        assertEquals(3, run.log.size());
        assertFalse(result.getPoints(0).hasProbeAccuracy());
        assertEquals(Standing.STANDING_UNSPECIFIED, result.getPoints(0).getStanding());
    }

    @Test
    void aRunOfAnotherKindIsRefused() throws Exception {
        attack(List.of(), 0, 0.1, 0.7, 0.8, true);
        RunFailure failure = assertThrows(RunFailure.class, () -> execute(_ -> RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.getDefaultInstance()).build()));
        assertEquals(RunError.Category.INVALID_SPEC, failure.category());
        assertEquals("runs/a0 must be a deja_vu run, is one of create_split", failure.getMessage());
    }

    @Test
    void everyProblemOfASpecAtOnce() {
        AttackSweepSpec wrong = AttackSweepSpec.newBuilder()
                .addAxes("epochs").addAxes("epochs")
                .addAttacks(SweptAttack.newBuilder().addValues("1").addValues(" ").setDejaVu("runs/a"))
                .addAttacks(SweptAttack.newBuilder().addValues("1").setDejaVu("runs/a"))
                .addAttacks(SweptAttack.newBuilder().addValues("1").setDejaVu("pairs/a"))
                .build();
        FieldViolations violations = new FieldViolations();
        new AttackSweepTask().validate(RunSpec.newBuilder().setAttackSweep(wrong).build(), violations);
        assertEquals(
                List.of(
                        "spec.axes[1]", "spec.attacks[0].values[1]", "spec.attacks[1].values", "spec.attacks[1].deja_vu",
                        "spec.attacks[2].values", "spec.attacks[2]", "spec.attacks[2].deja_vu"),
                violations.list().stream().map(violation -> violation.getField()).toList());
        FieldViolations empty = new FieldViolations();
        new AttackSweepTask().validate(RunSpec.newBuilder().setAttackSweep(AttackSweepSpec.getDefaultInstance()).build(), empty);
        assertEquals("spec.attacks: must be 1 to 200, are 0", empty.toString());
    }

    /** An attack from three sizes of a corner, each leaking a little more. */
    private void attack(List<String> values, long seed, double score, double validation, double training, boolean probed) throws Exception {
        String name = "a" + names.size();
        names.add(name);
        spec.addAttacks(SweptAttack.newBuilder().addAllValues(values).setSeed(seed).setDejaVu("runs/" + name));
        DejaVuResult.Builder result = DejaVuResult.newBuilder().setK(5).setPublicImages(500);
        for (double fraction : new double[] {0.3, 0.4, 0.5}) {
            double leak = score + (fraction - 0.3);
            result.addCrops(CropResult.newBuilder()
                    .setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(fraction)))
                    .setCut("projector")
                    .setTarget(interval(0.1 + leak, 0.02))
                    .setReference(interval(0.1, 0.02))
                    .setScore(interval(leak, 0.02))
                    .setMemorized(interval(leak + 0.01, 0.02)));
        }
        for (double side : probed ? new double[] {-0.01, 0.01} : new double[0]) {
            result.addProbes(ProbeControl.newBuilder()
                    .setValidation(validation + side).setTraining(training + side).setValidationImages(1000).setTrainingImages(400));
        }
        Path input = Files.createDirectories(root.resolve("inputs/runs/" + name));
        Files.writeString(input.resolve("result.json"), RunSpecs.toJson(result));
    }

    private StoredResults execute() throws Exception {
        return execute(name -> RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/" + name)).build());
    }

    private StoredResults execute(Function<String, RunSpec> made) throws Exception {
        StoredResults run = new StoredResults(root, RunSpec.newBuilder().setAttackSweep(spec).build());
        names.forEach(name -> run.with("runs/" + name, made.apply(name)));
        return run.execute(new AttackSweepTask());
    }

    private static AttackSweepResult result(StoredResults run) throws Exception {
        return RunSpecs.parse(Files.readString(run.artifact("result").resolve("result.json")), AttackSweepResult.newBuilder()).build();
    }

    private static SweepTrend trend(AttackSweepResult result, String axis, String figure, double fraction) {
        return result.getTrendsList().stream()
                .filter(trend -> trend.getAxis().equals(axis) && trend.getFigure().equals(figure) && trend.getCrop().getCorner().getFraction() == fraction)
                .findFirst()
                .orElseThrow();
    }

    private static Interval interval(double value, double half) {
        return Interval.newBuilder().setValue(value).setCiLow(value - half).setCiHigh(value + half).build();
    }
}
