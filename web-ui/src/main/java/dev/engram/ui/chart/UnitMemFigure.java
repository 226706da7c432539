package dev.engram.ui.chart;

import dev.engram.v1.UnitLayerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How UnitMem is distributed over the units of each layer (right half), beside an encoder of random weights (left half). */
public final class UnitMemFigure {

  private UnitMemFigure() {
  }

  /** @param layers taps of one kind, in forward order */
  public static FigureData of(String name, List<UnitLayerSummary> layers) {
    Csv csv = new Csv("layer", "point", "units", "dead", "mean", "max", "null_mean", "null_max", "bin_low", "bin_high", "count", "null_count");
    List<Object> trained = new ArrayList<>();
    List<Object> random = new ArrayList<>();
    List<Object> means = new ArrayList<>();
    int bins = 0;
    for (int i = 0; i < layers.size(); i++) {
      UnitLayerSummary layer = layers.get(i);
      bins = Math.max(bins, layer.getHistogramCount());
      trained.add(half(i, 1, layer.getHistogramList()));
      random.add(half(i, -1, layer.getNullHistogramList()));
      means.add(List.of(i, layer.getMean()));
      for (int bin = 0; bin < layer.getHistogramCount(); bin++) {
        csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getUnits(), layer.getDead(), layer.getMean(), layer.getMax(),
            layer.getNullMean(), layer.getNullMax(), (double) bin / layer.getHistogramCount(),
            (bin + 1.0) / layer.getHistogramCount(), layer.getHistogram(bin),
            bin < layer.getNullHistogramCount() ? layer.getNullHistogram(bin) : ""));
      }
    }
    List<Integer> columns = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      columns.add(2 + bin);
    }
    String color = "var(--engram-accent)";
    return new FigureData(name, Look.option(Map.of(
        "tooltip", Map.of("show", false),
        "series", List.of(
            violin("random weights", random, Look.NULL, columns), violin("this encoder", trained, color, columns),
            Map.of("type", "scatter", "name", "mean", "data", means, "color", Look.INK, "symbolSize", 7, "z", 5)),
        "xAxis", Look.categories(layers.stream().map(UnitLayerSummary::getLayer).toList(),
            Map.of("axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", 11))),
        "yAxis", Look.values("UnitMem", Map.of("min", 0, "max", 1)))), csv.toString());
  }

  private static Map<String, Object> violin(String name, List<Object> data, String color, List<Integer> columns) {
    return Map.of("type", "custom", "name", name, "renderItem", "shape:violin", "data", data, "color", color,
        "encode", Map.of("x", 0, "y", columns), "clip", true);
  }

  private static List<Object> half(int layer, int side, List<Integer> histogram) {
    List<Object> row = new ArrayList<>(List.of(layer, side));
    row.addAll(histogram);
    return row;
  }
}
