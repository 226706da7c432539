package dev.engram.ui.chart;

import dev.engram.v1.Interval;
import dev.engram.v1.RepeatGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Dose and response: the score with its interval by how often an epoch of training visits an image. */
public final class RepeatFigure {

  private RepeatFigure() {
  }

  /** @param counts by ascending repeat count */
  public static FigureData of(String name, List<RepeatGap> counts) {
    Csv csv = new Csv("repeat_count", "images", "score", "ci_low", "ci_high", "target", "reference", "memorized", "misrepresented");
    List<Object> points = new ArrayList<>();
    List<Object> whiskers = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      RepeatGap count = counts.get(i);
      Interval score = count.getGap().getScore();
      csv.row(List.of(count.getRepeatCount(), count.getImages(), score.getValue(), score.getCiLow(), score.getCiHigh(),
          count.getGap().getTarget().getValue(), count.getGap().getReference().getValue(), count.getMemorized().getValue(),
          count.getMisrepresented().getValue()));
      points.add(List.of(100 * score.getValue(), i));
      whiskers.add(List.of(100 * score.getCiLow(), 100 * score.getCiHigh(), i));
    }
    return new FigureData(name, Look.option(Map.of(
        "series", List.of(
            Map.of("type", "custom", "name", "95 % interval", "renderItem", "shape:whisker", "color", Look.INK, "data", whiskers,
                "encode", Map.of("x", List.of(0, 1), "y", 2), "tooltip", Map.of("show", false)),
            Map.of("type", "scatter", "name", "score", "data", points, "color", Look.color("memorized"), "symbolSize", 9, "z", 5)),
        "tooltip", Look.tooltip("item"), "legend", Map.of("show", false), "grid", Look.PLAIN,
        "xAxis", Look.values("", Map.of("axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "yAxis", Look.categories(counts.stream().map(count -> count.getRepeatCount() + " ×").toList(), Map.of("inverse", true,
            "axisLabel", Map.of("color", Look.INK, "fontSize", 12))))), csv.toString());
  }
}
