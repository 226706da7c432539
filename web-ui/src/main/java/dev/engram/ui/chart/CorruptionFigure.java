package dev.engram.ui.chart;

import dev.engram.v1.ProbeResult.CorruptedAccuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accuracy of a probe learned from clean images on corrupted ones, by severity: one line a corruption. */
public final class CorruptionFigure {
  private static final int SEVEREST = 5;

  private CorruptionFigure() {
  }

  /**
   * @param clean accuracy on clean images, shown as severity 0
   * @param rows of one encoder and layer
   */
  public static FigureData of(String name, double clean, List<CorruptedAccuracy> rows) {
    Csv csv = new Csv("layer", "corruption", "severity", "linear");
    Map<String, List<Object>> lines = new LinkedHashMap<>();
    for (CorruptedAccuracy row : rows) {
      csv.row(List.of(row.getLayer(), row.getCorruption(), row.getSeverity(), row.getLinear()));
      lines.computeIfAbsent(row.getCorruption(), _ -> new ArrayList<>(List.of(percent(clean)))).add(percent(row.getLinear()));
    }
    List<Object> series = new ArrayList<>();
    lines.forEach((corruption, accuracies) -> series.add(Map.of("type", "line", "name", corruption.replace('_', ' '), "data", accuracies,
        "color", Look.color("#" + series.size()), "symbol", "circle", "symbolSize", 6, "lineStyle", Map.of("width", 2))));
    List<String> severities = new ArrayList<>(List.of("clean"));
    for (int severity = 1; severity <= SEVEREST; severity++) {
      severities.add(String.valueOf(severity));
    }
    return new FigureData(name, Look.option(Map.of("xAxis", Look.categories(severities, Map.of()),
        "yAxis", Look.values("top-1 accuracy", Map.of("scale", true, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "series", series)), csv.toString());
  }

  private static double percent(double share) {
    return Math.round(1000 * share) / 10.0;
  }
}
