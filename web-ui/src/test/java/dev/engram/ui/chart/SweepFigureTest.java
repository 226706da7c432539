package dev.engram.ui.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.Interval;
import dev.engram.v1.Standing;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweptAxis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepFigureTest {
  private static final AttackSweepResult RESULT = AttackSweepResult.newBuilder()
      .addAxes(SweptAxis.newBuilder().setField("objective_options.temperature").addValues("0.1").addValues("0.5"))
      .addAxes(SweptAxis.newBuilder().setField("network").addValues("a").addValues("b"))
      .addPoints(point(0.3, Standing.STANDING_FRONT, 0.8, 0.2, "0.1", "a"))
      .addPoints(point(0.3, Standing.STANDING_FRONT, 0.6, 0.1, "0.1", "b"))
      .addPoints(point(0.3, Standing.STANDING_BEHIND, 0.5, 0.3, "0.5", "a"))
      .build();

  /** Steps go up where accuracy is bought with leak: the points of the front from the left. */
  @Test
  void theFrontIsAStaircaseAndPointsHaveCrosses() {
    FigureData figure = SweepFigure.front("x", RESULT, RESULT.getPointsList());
    List<Map<String, Object>> series = series(figure);
    assertEquals(List.of("line", "custom", "scatter", "custom", "scatter"), series.stream().map(one -> one.get("type")).toList());
    assertEquals(List.of(List.of(60.0, 10.0), List.of(80.0, 20.0)), series.getFirst().get("data"));
    assertEquals(List.of(80.0, 79.0, 81.0, 20.0, 18.0, 22.0), ((List<?>) series.get(1).get("data")).getFirst());
    assertEquals(Map.of("name", "0.1 · a", "value", List.of(80.0, 20.0)), ((List<?>) series.get(2).get("data")).getFirst());
    assertTrue(figure.csv().startsWith("objective_options.temperature,network,crop,cut,trainings,target,"), figure.csv());
    assertTrue(figure.csv().contains("0.5,a,\"lower left, 0.3 of each side\",projector,0,"), figure.csv());
    assertTrue(figure.csv().endsWith("behind it\r\n"), figure.csv());
  }

  @Test
  void theCurveHasALineForEachValueOfTheOtherAxis() {
    List<Map<String, Object>> series = series(SweepFigure.curve("x", RESULT, RESULT.getPointsList()));
    assertEquals(
        List.of("score, a", "score, a", "gap of the probe, a", "score, b", "score, b", "gap of the probe, b"),
        series.stream().map(one -> one.get("name")).toList());
    assertEquals(List.of(20.0, 30.0), series.get(1).get("data"));
    assertEquals(List.of(10.0, "-"), series.get(4).get("data"));
    assertEquals(List.of(List.of(0, 8.0, 12.0)), series.get(3).get("data"));
  }

  @Test
  void aloneItHasTargetAndReferenceToo() {
    AttackSweepResult alone = RESULT.toBuilder().removeAxes(1).clearPoints()
        .addPoints(point(0.3, Standing.STANDING_FRONT, 0.8, 0.2, "0.1")).addPoints(point(0.3, Standing.STANDING_FRONT, 0.8, 0.2, "0.5")).build();
    FigureData figure = SweepFigure.curve("x", alone, alone.getPointsList());
    assertEquals(List.of("score", "gap of the probe", "target", "reference"),
        series(figure).stream().filter(one -> one.get("type").equals("line")).map(one -> one.get("name")).toList());
    assertEquals(Map.of("target", false, "reference", false), ((Map<?, ?>) figure.option().get("legend")).get("selected"));
  }

  @Test
  void sizesOfACornerAreALineForEachSetting() {
    List<SweepPoint> points = List.of(point(0.5, Standing.STANDING_FRONT, 0.8, 0.2, "0.1"), point(0.3, Standing.STANDING_FRONT, 0.8, 0.1, "0.1"));
    FigureData figure = SweepFigure.fractions("x", points);
    assertEquals(List.of(10.0, 20.0), series(figure).get(1).get("data"));
    assertEquals(List.of("0.3", "0.5"), ((Map<?, ?>) figure.option().get("xAxis")).get("data"));
    assertTrue(figure.csv().contains("0.1,0.5,0.2,"), figure.csv());
  }

  private static SweepPoint point(double fraction, Standing standing, double accuracy, double score, String... values) {
    return SweepPoint.newBuilder().addAllValues(List.of(values)).setCut("projector").setStanding(standing)
        .setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(fraction)))
        .setProbeAccuracy(interval(accuracy, 0.01)).setProbeGap(interval(0.05, 0.01)).setScore(interval(score, 0.02))
        .setTarget(interval(0.4, 0.02)).setReference(interval(0.2, 0.02)).setMemorized(interval(0.2, 0.02)).build();
  }

  private static Interval interval(double value, double half) {
    return Interval.newBuilder().setValue(value).setCiLow(value - half).setCiHigh(value + half).build();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> series(FigureData figure) {
    return (List<Map<String, Object>>) figure.option().get("series");
  }
}
