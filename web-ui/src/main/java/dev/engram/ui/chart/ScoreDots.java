package dev.engram.ui.chart;

import dev.engram.v1.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scores of an attack below each other, each a dot with its 95 % interval, in percent. */
final class ScoreDots {

  private ScoreDots() {
  }

  /** @param names one of each score, from the top down */
  static Map<String, Object> option(List<String> names, List<Interval> scores) {
    List<Object> points = new ArrayList<>();
    List<Object> whiskers = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Interval score = scores.get(i);
      points.add(List.of(100 * score.getValue(), i));
      whiskers.add(List.of(100 * score.getCiLow(), 100 * score.getCiHigh(), i));
    }
    return Look.option(Map.of(
        "series", List.of(
            Map.of("type", "custom", "name", "95 % interval", "renderItem", "shape:whisker", "color", Look.INK, "data", whiskers,
                "encode", Map.of("x", List.of(0, 1), "y", 2), "tooltip", Map.of("show", false)),
            Map.of("type", "scatter", "name", "score", "data", points, "color", Look.color("memorized"), "symbolSize", 9, "z", 5)),
        "tooltip", Look.tooltip("item"), "legend", Map.of("show", false), "grid", Map.of("left", 28, "right", 28, "top", 30, "bottom", 22, "containLabel", true),
        "xAxis", Look.values("", Map.of("axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "yAxis", Look.categories(names, Map.of("inverse", true, "axisLabel", Map.of("color", Look.INK, "fontSize", 12)))));
  }
}
