package dev.engram.ui.chart;

import dev.engram.v1.UnitLayerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How UnitMem is distributed over the units of one layer, beside the same with random weights. */
public final class UnitLayerFigure {

  private UnitLayerFigure() {
  }

  public static FigureData of(String name, UnitLayerSummary layer) {
    Csv csv = new Csv("layer", "bin_low", "bin_high", "count", "null_count");
    int bins = layer.getHistogramCount();
    List<String> ranges = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      ranges.add(text((double) bin / bins) + "–" + text((bin + 1.0) / bins));
      csv.row(List.of(layer.getLayer(), (double) bin / bins, (bin + 1.0) / bins, layer.getHistogram(bin),
          bin < layer.getNullHistogramCount() ? layer.getNullHistogram(bin) : ""));
    }
    return new FigureData(name, Look.option(Map.of(
        "series", List.of(bars("random weights", layer.getNullHistogramList(), Look.NULL), bars("this encoder", layer.getHistogramList(), "var(--engram-accent)")),
        "grid", Map.of("left", 12, "right", 20, "top", 48, "bottom", 40, "containLabel", true),
        "xAxis", Look.categories(ranges, Map.of("name", "UnitMem", "nameLocation", "middle", "nameGap", 28)),
        "yAxis", Look.values("units", Map.of("minInterval", 1)))), csv.toString());
  }

  private static Map<String, Object> bars(String name, List<Integer> counts, String color) {
    return Map.of("type", "bar", "name", name, "data", counts, "color", color, "barGap", "0%", "barCategoryGap", "12%");
  }

  private static String text(double value) {
    return String.valueOf(Math.round(value * 100) / 100.0);
  }
}
