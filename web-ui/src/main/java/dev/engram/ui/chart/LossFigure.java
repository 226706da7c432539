package dev.engram.ui.chart;

import dev.engram.ui.format.Names;
import dev.engram.v1.MetricSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Series of one or several trainings over the optimizer step. */
public final class LossFigure {

  /**
   * One line.
   *
   * @param label what the legend says
   * @param color {@code f}, {@code g}, {@code #n} for the n-th of many, or empty for a neutral one
   * @param series the values
   */
  public record Line(String label, String color, MetricSeries series) {
  }

  private LossFigure() {
  }

  /** @param metric what the values are, e.g. {@code loss} */
  public static FigureData of(String name, String metric, List<Line> lines) {
    Csv csv = new Csv("series", "step", metric);
    List<Object> series = new ArrayList<>();
    for (Line line : lines) {
      List<List<Object>> points = new ArrayList<>();
      for (int i = 0; i < line.series().getStepsCount(); i++) {
        double value = line.series().getValues(i);
        csv.row(List.of(line.label(), line.series().getSteps(i), value));
        points.add(List.of(line.series().getSteps(i), Double.isFinite(value) ? value : "-"));
      }
      String color = line.color().isEmpty() ? "var(--engram-accent)" : Look.color(line.color());
      series.add(Map.of("type", "line", "name", line.label(), "data", points, "showSymbol", false, "color", color,
          "lineStyle", Map.of("width", 1.6)));
    }
    Map<String, Object> legend = lines.size() > 1 ? Look.legend(null) : Map.of("show", false);
    Map<String, Object> grid = lines.size() > 1 ? Look.BELOW_LEGEND : Look.PLAIN;
    return new FigureData(name, Look.option(Map.of(
        "grid", grid, "legend", legend,
        "xAxis", Look.values("step", Map.of("min", "dataMin", "max", "dataMax", "nameLocation", "middle", "nameGap", 30, "splitLine", Map.of("show", false),
            "axisLabel", Map.of("color", Look.QUIET, "hideOverlap", true, "margin", 14))),
        "yAxis", Look.values(Names.measure(metric), Map.of("scale", true)),
        "series", series)), csv.toString());
  }
}
