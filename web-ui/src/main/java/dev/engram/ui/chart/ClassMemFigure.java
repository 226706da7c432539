package dev.engram.ui.chart;

import dev.engram.v1.ClassLayerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How ClassMem on training images (right half) and ClassSelectivity on unseen ones (left half) are distributed over the units of each layer. */
public final class ClassMemFigure {

  private ClassMemFigure() {
  }

  /** @param layers taps of one kind, in forward order */
  public static FigureData of(String name, List<ClassLayerSummary> layers) {
    Csv csv = new Csv("layer", "point", "units", "dead", "class_mem_mean", "class_mem_max", "selectivity_mean", "selectivity_max",
        "bin_low", "bin_high", "class_mem_count", "selectivity_count");
    List<List<Object>> memory = new ArrayList<>();
    List<List<Object>> selectivity = new ArrayList<>();
    List<Object> means = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      ClassLayerSummary layer = layers.get(i);
      memory.add(Violins.half(i, Violins.RIGHT, layer.getClassMemHistogramList()));
      selectivity.add(Violins.half(i, Violins.LEFT, layer.getSelectivityHistogramList()));
      means.add(List.of(i, layer.getClassMemMean()));
      int bins = layer.getClassMemHistogramCount();
      for (int bin = 0; bin < bins; bin++) {
        csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getUnits(), layer.getDead(), layer.getClassMemMean(),
            layer.getClassMemMax(), layer.getSelectivityMean(), layer.getSelectivityMax(), (double) bin / bins, (bin + 1.0) / bins,
            layer.getClassMemHistogram(bin), layer.getSelectivityHistogram(bin)));
      }
    }
    return new FigureData(name, Look.option(Map.of(
        "tooltip", Map.of("show", false),
        "series", List.of(
            Violins.series("ClassSelectivity, unseen images", selectivity, Look.color("external")),
            Violins.series("ClassMem, training images", memory, "var(--engram-accent)"),
            Map.of("type", "scatter", "name", "mean ClassMem", "data", means, "color", Look.INK, "symbolSize", 7, "z", 5)),
        "xAxis", Look.categories(layers.stream().map(ClassLayerSummary::getLayer).toList(),
            Map.of("axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", 11))),
        "yAxis", Look.values("ClassMem", Map.of("min", 0, "max", 1)))), csv.toString());
  }
}
