package dev.engram.ui.chart;

import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What leaks of one crop at every cut of the encoders: the score with its interval, from the first cut asked for to the last. */
public final class CutFigure {

  private CutFigure() {
  }

  /** @param cuts results of one crop */
  public static FigureData of(String name, List<CropResult> cuts) {
    Csv csv = new Csv("cut", "score", "ci_low", "ci_high", "target", "reference", "memorized", "misrepresented");
    List<Object> points = new ArrayList<>();
    List<Object> whiskers = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      CropResult cut = cuts.get(i);
      Interval score = cut.getScore();
      csv.row(List.of(cut.getCut(), score.getValue(), score.getCiLow(), score.getCiHigh(), cut.getTarget().getValue(),
          cut.getReference().getValue(), cut.getMemorized().getValue(), cut.getMisrepresented().getValue()));
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
        "yAxis", Look.categories(cuts.stream().map(CropResult::getCut).toList(), Map.of("inverse", true,
            "axisLabel", Map.of("color", Look.INK, "fontSize", 12))))), csv.toString());
  }
}
