package dev.engram.ui.chart;

import dev.engram.v1.ProbeResult.Accuracy;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How the features of each layer lie: what is used of them, and what is left of their accuracy when only that is kept. */
public final class FeatureFigure {
  private FeatureFigure() {
  }

  /** @param layers in the network's order, with their statistics */
  public static FigureData of(String name, List<Accuracy> layers) {
    Csv csv = new Csv("layer", "width", "rank_me", "active", "half_zero", "linear", "linear_binarized");
    layers.forEach(layer -> csv.row(List.of(layer.getLayer(), layer.getWidth(), layer.getRankMe(), layer.getActive(), layer.getHalfZero(),
        layer.getLinear(), layer.getLinearBinarized())));
    return new FigureData(name, Look.option(Map.of(
        "xAxis", Look.categories(layers.stream().map(Accuracy::getLayer).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11))),
        "yAxis", Look.values("share", Map.of("min", 0, "max", 100, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "series", List.of(
            line("features above 0", layers, Accuracy::getActive, "#0", "solid"),
            line("images with half of them at 0", layers, Accuracy::getHalfZero, "#0", "dashed"),
            line("RankMe of the width", layers, layer -> layer.getRankMe() / layer.getWidth(), "#3", "solid"),
            line("accuracy, linear", layers, Accuracy::getLinear, "#1", "solid"),
            line("accuracy, linear, binarized", layers, Accuracy::getLinearBinarized, "#1", "dashed")))), csv.toString());
  }

  private static Map<String, Object> line(String name, List<Accuracy> layers, ToDoubleFunction<Accuracy> share, String color, String stroke) {
    return Map.of("type", "line", "name", name, "color", Look.color(color), "symbol", "circle", "symbolSize", 6,
        "data", layers.stream().map(layer -> Math.round(1000 * share.applyAsDouble(layer)) / 10.0).toList(),
        "lineStyle", Map.of("width", 2, "type", stroke));
  }
}
