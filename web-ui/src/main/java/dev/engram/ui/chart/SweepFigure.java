package dev.engram.ui.chart;

import dev.engram.ui.format.Names;
import dev.engram.ui.leak.Crops;
import dev.engram.v1.AttackSweepResult;
import dev.engram.v1.Interval;
import dev.engram.v1.Standing;
import dev.engram.v1.SweepPoint;
import dev.engram.v1.SweptAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What a sweep of attacks found: accuracy against leak, and the leak along what differs. */
public final class SweepFigure {
  /** The trend along sizes of a corner. */
  public static final String CROP_FRACTION = "crop_fraction";
  /** Right of a point and above it, where the lines of its intervals strike nothing out; from its upper left corner. */
  private static final List<Integer> BESIDE_THE_CROSS = List.of(14, -8);

  private SweepFigure() {
  }

  /**
   * A point a setting: right the accuracy of a probe, up the score, each with its interval; the front as a staircase.
   *
   * @param points of one crop and cut; those without probe are not drawn
   */
  public static FigureData front(String name, AttackSweepResult result, List<SweepPoint> points) {
    List<SweepPoint> probed = points.stream().filter(SweepPoint::hasProbeAccuracy).toList();
    List<Object> series = new ArrayList<>();
    List<Object> stairs = probed.stream().filter(point -> point.getStanding() == Standing.STANDING_FRONT)
        .sorted(Comparator.comparingDouble((SweepPoint point) -> point.getProbeAccuracy().getValue())
            .thenComparingDouble(point -> point.getScore().getValue()))
        .<Object>map(point -> List.of(percent(point.getProbeAccuracy().getValue()), percent(point.getScore().getValue()))).toList();
    series.add(Map.of("type", "line", "name", words(Standing.STANDING_FRONT), "data", stairs, "step", "start", "symbol", "none", "silent", true,
        "color", color(Standing.STANDING_FRONT), "lineStyle", Map.of("width", 1.5, "type", "dashed"), "tooltip", Map.of("show", false), "z", 2));
    for (Standing standing : List.of(Standing.STANDING_FRONT, Standing.STANDING_NEAR, Standing.STANDING_BEHIND)) {
      List<SweepPoint> those = probed.stream().filter(point -> point.getStanding() == standing).toList();
      if (those.isEmpty()) {
        continue;
      }
      series.add(Map.of("type", "custom", "name", words(standing), "renderItem", "shape:cross", "color", color(standing), "silent", true,
          "data", those.stream().map(SweepFigure::cross).toList(), "encode", Map.of("x", List.of(0, 1, 2), "y", List.of(3, 4, 5)),
          "tooltip", Map.of("show", false), "z", 3));
      series.add(Map.of("type", "scatter", "name", words(standing), "data", those.stream().<Object>map(point -> Map.of("name", label(point),
              "value", List.of(percent(point.getProbeAccuracy().getValue()), percent(point.getScore().getValue())))).toList(),
          "color", color(standing), "symbolSize", standing == Standing.STANDING_FRONT ? 11 : 8, "z", 5,
          "label", Map.of("show", true, "formatter", "{b}", "position", BESIDE_THE_CROSS, "color", Look.INK, "fontSize", 11),
          "labelLayout", Map.of("moveOverlap", "shiftY", "hideOverlap", true)));
    }
    Map<String, Object> axis = Map.of("scale", true, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"));
    Map<String, Object> below = new HashMap<>(
        Look.below("accuracy of a linear probe on images nobody trained on", Map.of("formatter", "{value} %")));
    below.put("scale", true);
    Map<String, Object> legend = Look.legend(probed.stream().map(SweepPoint::getStanding).distinct().sorted().map(SweepFigure::words).toList());
    legend.put("icon", "circle");
    return new FigureData(name, Look.option(Map.of("series", series, "tooltip", Look.tooltip("item"), "legend", legend,
        "grid", Map.of("left", 12, "right", 64, "top", 58, "bottom", 24, "containLabel", true),
        "xAxis", Look.values("", below),
        "yAxis", Look.values("déjà vu score", axis))), csv(result, points));
  }

  /**
   * The score along the first axis with its interval, the gap of the probe beside it; target and reference wait in the legend. A line each for every value of
   * the second axis.
   *
   * @param points of one crop and cut
   */
  public static FigureData curve(String name, AttackSweepResult result, List<SweepPoint> points) {
    SweptAxis axis = result.getAxes(0);
    Set<List<String>> groups = new LinkedHashSet<>();
    points.forEach(point -> groups.add(others(point)));
    List<Object> series = new ArrayList<>();
    List<String> legend = new ArrayList<>();
    Map<String, Object> selected = new HashMap<>();
    int index = 0;
    for (List<String> group : groups) {
      List<SweepPoint> walk = points.stream().filter(point -> others(point).equals(group)).toList();
      String suffix = group.isEmpty() ? "" : ", " + String.join(", ", group.stream().map(SweepFigure::value).toList());
      boolean alone = groups.size() == 1;
      line(series, legend, "score" + suffix, axis, walk, SweepPoint::getScore, alone ? Look.color("memorized") : Look.color("#" + index), "solid", true);
      if (walk.stream().allMatch(SweepPoint::hasProbeGap)) {
        line(series, legend, "gap of the probe" + suffix, axis, walk, SweepPoint::getProbeGap, alone ? Look.color("shared") : Look.color("#" + index), "dashed", alone);
      }
      if (alone) {
        line(series, legend, "target", axis, walk, SweepPoint::getTarget, Look.color("#3"), "solid", false);
        line(series, legend, "reference", axis, walk, SweepPoint::getReference, Look.color("reference"), "solid", false);
        selected.put("target", false);
        selected.put("reference", false);
      }
      index++;
    }
    Map<String, Object> shown = new HashMap<>(Look.legend(legend));
    shown.put("selected", selected);
    return new FigureData(name, Look.option(Map.of("series", series, "legend", shown,
        "xAxis", Look.categories(axis.getValuesList().stream().map(SweepFigure::value).toList(),
            Look.below(words(axis.getField()), Map.of())),
        "yAxis", percents())), csv(result, points));
  }

  /** The score along sizes of a corner, a line a setting. */
  public static FigureData fractions(String name, List<SweepPoint> points) {
    List<Double> sizes = points.stream().map(point -> point.getCrop().getCorner().getFraction()).distinct().sorted().toList();
    Set<List<String>> settings = new LinkedHashSet<>();
    points.forEach(point -> settings.add(point.getValuesList()));
    List<Object> series = new ArrayList<>();
    List<String> legend = new ArrayList<>();
    Csv csv = new Csv("setting", "fraction", "score", "ci_low", "ci_high", "target", "reference");
    int index = 0;
    for (List<String> setting : settings) {
      List<Object> scores = new ArrayList<>(Collections.nCopies(sizes.size(), "-"));
      List<Object> bands = new ArrayList<>();
      points.stream().filter(point -> point.getValuesList().equals(setting)).forEach(point -> {
        double size = point.getCrop().getCorner().getFraction();
        scores.set(sizes.indexOf(size), percent(point.getScore().getValue()));
        bands.add(band(sizes.indexOf(size), point.getScore()));
        csv.row(List.of(label(point), size, point.getScore().getValue(), point.getScore().getCiLow(), point.getScore().getCiHigh(),
            point.getTarget().getValue(), point.getReference().getValue()));
      });
      String title = setting.isEmpty() ? "score" : String.join(" · ", setting.stream().map(SweepFigure::value).toList());
      legend.add(title);
      draw(series, title, scores, settings.size() > 4 ? List.of() : bands, settings.size() == 1 ? Look.color("memorized") : Look.color("#" + index++), "solid");
    }
    return new FigureData(name, Look.option(Map.of("series", series, "legend", Look.legend(legend),
        "xAxis", Look.categories(sizes.stream().map(String::valueOf).toList(), Look.below("share of each side", Map.of())),
        "yAxis", percents())), csv.toString());
  }

  /** What differs, for people: {@code epochs}, {@code temperature}. */
  public static String words(String field) {
    return field.substring(field.lastIndexOf('.') + 1).replace('_', ' ');
  }

  /** A value of an axis, for people. */
  public static String value(String value) {
    return value.startsWith("splits/") ? Names.id(value) : value;
  }

  /** Standing for people. */
  public static String words(Standing standing) {
    return switch (standing) {
      case STANDING_FRONT -> "on the front";
      case STANDING_NEAR -> "near it";
      case STANDING_BEHIND -> "behind it";
      case STANDING_UNSPECIFIED, UNRECOGNIZED -> "–";
    };
  }

  private static String color(Standing standing) {
    return switch (standing) {
      case STANDING_FRONT -> Look.color("#0");
      case STANDING_NEAR -> Look.color("#3");
      case STANDING_BEHIND, STANDING_UNSPECIFIED, UNRECOGNIZED -> Look.color("external");
    };
  }

  private static Map<String, Object> percents() {
    return Look.values("", Map.of("axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %")));
  }

  private static void line(List<Object> series, List<String> legend, String name, SweptAxis axis, List<SweepPoint> walk,
      Function<SweepPoint, Interval> figure, String color, String stroke, boolean banded) {
    List<Object> values = new ArrayList<>(Collections.nCopies(axis.getValuesCount(), "-"));
    List<Object> bands = new ArrayList<>();
    for (SweepPoint point : walk) {
      int place = axis.getValuesList().indexOf(point.getValues(0));
      values.set(place, percent(figure.apply(point).getValue()));
      bands.add(band(place, figure.apply(point)));
    }
    legend.add(name);
    draw(series, name, values, banded ? bands : List.of(), color, stroke);
  }

  private static void draw(List<Object> series, String name, List<Object> values, List<Object> bands, String color, String stroke) {
    if (!bands.isEmpty()) {
      series.add(Map.of("type", "custom", "name", name, "renderItem", "shape:band", "data", bands, "color", color, "silent", true,
          "encode", Map.of("x", 0, "y", List.of(1, 2)), "tooltip", Map.of("show", false), "z", 1));
    }
    series.add(Map.of("type", "line", "name", name, "data", values, "color", color, "symbol", "circle", "symbolSize", 6,
        "lineStyle", Map.of("width", 2, "type", stroke), "z", 3));
  }

  private static List<Object> band(int place, Interval interval) {
    return List.of(place, percent(interval.getCiLow()), percent(interval.getCiHigh()));
  }

  private static Object cross(SweepPoint point) {
    Interval x = point.getProbeAccuracy();
    Interval y = point.getScore();
    return List.of(percent(x.getValue()), percent(x.getCiLow()), percent(x.getCiHigh()), percent(y.getValue()), percent(y.getCiLow()), percent(y.getCiHigh()));
  }

  private static List<String> others(SweepPoint point) {
    return point.getValuesList().subList(Math.min(1, point.getValuesCount()), point.getValuesCount());
  }

  private static String label(SweepPoint point) {
    return String.join(" · ", point.getValuesList().stream().map(SweepFigure::value).toList());
  }

  private static String csv(AttackSweepResult result, List<SweepPoint> points) {
    List<String> header = new ArrayList<>(result.getAxesList().stream().map(SweptAxis::getField).toList());
    header.addAll(List.of("crop", "cut", "trainings"));
    for (String figure : List.of("target", "reference", "score", "memorized", "probe_accuracy", "probe_gap")) {
      header.addAll(List.of(figure, figure + "_ci_low", figure + "_ci_high"));
    }
    header.add("standing");
    Csv csv = new Csv(header.toArray(String[]::new));
    for (SweepPoint point : points) {
      List<Object> row = new ArrayList<>(point.getValuesList());
      row.addAll(List.of(Crops.words(point.getCrop()), point.getCut(), point.getTrainingsCount()));
      for (Interval figure : List.of(point.getTarget(), point.getReference(), point.getScore(), point.getMemorized())) {
        row.addAll(List.of(figure.getValue(), figure.getCiLow(), figure.getCiHigh()));
      }
      for (Interval figure : List.of(point.getProbeAccuracy(), point.getProbeGap())) {
        row.addAll(point.hasProbeAccuracy() ? List.of(figure.getValue(), figure.getCiLow(), figure.getCiHigh()) : List.of("", "", ""));
      }
      row.add(words(point.getStanding()));
      csv.row(row);
    }
    return csv.toString();
  }

  private static double percent(double share) {
    return Math.round(10_000 * share) / 100.0;
  }
}
