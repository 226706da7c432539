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
    List<List<Object>> trained = new ArrayList<>();
    List<List<Object>> random = new ArrayList<>();
    List<Object> means = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      UnitLayerSummary layer = layers.get(i);
      trained.add(Violins.half(i, Violins.RIGHT, layer.getHistogramList()));
      random.add(Violins.half(i, Violins.LEFT, layer.getNullHistogramList()));
      means.add(List.of(i, layer.getMean()));
      for (int bin = 0; bin < layer.getHistogramCount(); bin++) {
        csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getUnits(), layer.getDead(), layer.getMean(), layer.getMax(),
            layer.getNullMean(), layer.getNullMax(), (double) bin / layer.getHistogramCount(),
            (bin + 1.0) / layer.getHistogramCount(), layer.getHistogram(bin),
            bin < layer.getNullHistogramCount() ? layer.getNullHistogram(bin) : ""));
      }
    }
    String color = "var(--engram-accent)";
    return new FigureData(name, Look.option(Map.of(
        "tooltip", Map.of("show", false),
        "series", List.of(
            Violins.series("random weights", random, Look.NULL), Violins.series("this encoder", trained, color),
            Map.of("type", "scatter", "name", "mean", "data", means, "color", Look.INK, "symbolSize", 7, "z", 5)),
        "xAxis", Look.categories(layers.stream().map(UnitLayerSummary::getLayer).toList(),
            Map.of("axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", 11))),
        "yAxis", Look.values("UnitMem", Map.of("min", 0, "max", 1)))), csv.toString());
  }
}
