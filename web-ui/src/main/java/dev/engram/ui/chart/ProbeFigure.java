package dev.engram.ui.chart;

import dev.engram.v1.ProbeResult.Accuracy;
import java.util.List;
import java.util.Map;

/** What each layer of an encoder knows: accuracy of a linear and a kNN probe, by depth. */
public final class ProbeFigure {

  private ProbeFigure() {
  }

  /** @param layers in the network's order */
  public static FigureData of(String name, List<Accuracy> layers) {
    Csv csv = new Csv("layer", "width", "linear", "linear_train", "knn");
    layers.forEach(layer -> csv.row(List.of(layer.getLayer(), layer.getWidth(), layer.getLinear(), layer.getLinearTrain(), layer.getKnn())));
    return new FigureData(name, Look.option(Map.of(
        "xAxis", Look.categories(layers.stream().map(Accuracy::getLayer).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11))),
        "yAxis", Look.values("top-1 accuracy", Map.of("scale", true, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "series", List.of(
            line("linear", layers.stream().map(Accuracy::getLinear).toList(), "#0", "solid"),
            line("linear, on its training images", layers.stream().map(Accuracy::getLinearTrain).toList(), "#0", "dashed"),
            line("kNN", layers.stream().map(Accuracy::getKnn).toList(), "#1", "solid")))), csv.toString());
  }

  private static Map<String, Object> line(String name, List<Double> shares, String color, String stroke) {
    return Map.of("type", "line", "name", name, "data", shares.stream().map(share -> Math.round(1000 * share) / 10.0).toList(),
        "color", Look.color(color), "symbol", "circle", "symbolSize", 6, "lineStyle", Map.of("width", 2, "type", stroke));
  }
}
