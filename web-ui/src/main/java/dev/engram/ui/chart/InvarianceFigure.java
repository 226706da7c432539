package dev.engram.ui.chart;

import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.MeanInterval;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.SubsetInvariance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How far augmentation operations move images in an encoder, by depth. */
public final class InvarianceFigure {
  private InvarianceFigure() {
  }

  /**
   * One line an operation: mean cosine distance of one subset's images in f.
   *
   * @param subset {@code candidate}, {@code external} …
   * @param point kind of tap whose layers are shown
   */
  public static FigureData byOperation(String name, InvarianceResult result, String subset, String point) {
    Csv csv = new Csv("operation", "layer", "point", "depth", "subset", "images", "f", "f_low", "f_high", "g", "g_low", "g_high");
    List<Object> series = new ArrayList<>();
    for (OperationInvariance operation : result.getOperationsList()) {
      List<Object> means = new ArrayList<>();
      for (LayerInvariance layer : layers(operation, point)) {
        layer.getSubsetsList().forEach(one -> csv.row(List.of(operation.getOperation(), layer.getLayer(), layer.getPoint(), layer.getDepth(),
            one.getSubset(), one.getImages(), one.getF().getMean(), one.getF().getCiLow(), one.getF().getCiHigh(),
            one.getG().getMean(), one.getG().getCiLow(), one.getG().getCiHigh())));
        means.add(subset(layer, subset, SubsetInvariance::getF));
      }
      series.add(line(operation.getOperation().replace('_', ' '), means,
          operation.getOperation().equals("all") ? Look.INK : Look.color("#" + series.size()), "solid", Look.symbol(series.size())));
    }
    return figure(name, result.getOperationsList().isEmpty() ? List.of() : layers(result.getOperations(0), point), series, csv);
  }

  /** One operation in both encoders, on the images that f has seen and on those that neither has. */
  public static FigureData candidates(String name, OperationInvariance operation, String point) {
    Csv csv = new Csv("layer", "point", "depth", "f_candidate", "f_external", "g_candidate", "g_external", "beyond_f", "beyond_f_low",
        "beyond_f_high", "beyond_g", "beyond_g_low", "beyond_g_high");
    List<LayerInvariance> layers = layers(operation, point);
    for (LayerInvariance layer : layers) {
      MeanInterval f = layer.getBeyondF();
      MeanInterval g = layer.getBeyondG();
      csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getDepth(),
          subset(layer, "candidate", SubsetInvariance::getF), subset(layer, "external", SubsetInvariance::getF),
          subset(layer, "candidate", SubsetInvariance::getG), subset(layer, "external", SubsetInvariance::getG),
          f.getMean(), f.getCiLow(), f.getCiHigh(), g.getMean(), g.getCiLow(), g.getCiHigh()));
    }
    return figure(name, layers, List.of(
        line("f, candidates", means(layers, "candidate", SubsetInvariance::getF), Look.F, "solid", "circle"),
        line("f, external", means(layers, "external", SubsetInvariance::getF), Look.F, "dashed", "emptyCircle"),
        line("g, candidates", means(layers, "candidate", SubsetInvariance::getG), Look.G, "solid", "circle"),
        line("g, external", means(layers, "external", SubsetInvariance::getG), Look.G, "dashed", "emptyCircle")), csv);
  }

  /** The kinds of taps that have a row. */
  public static List<String> points(InvarianceResult result) {
    return result.getOperationsList().stream().limit(1).flatMap(operation -> operation.getLayersList().stream())
        .map(LayerInvariance::getPoint).distinct().toList();
  }

  private static List<LayerInvariance> layers(OperationInvariance operation, String point) {
    return operation.getLayersList().stream().filter(layer -> layer.getPoint().equals(point)).toList();
  }

  private static List<Object> means(List<LayerInvariance> layers, String subset, Function<SubsetInvariance, MeanInterval> encoder) {
    return layers.stream().map(layer -> subset(layer, subset, encoder)).toList();
  }

  private static Object subset(LayerInvariance layer, String subset, Function<SubsetInvariance, MeanInterval> encoder) {
    return layer.getSubsetsList().stream().filter(one -> one.getSubset().equals(subset)).findFirst()
        .<Object>map(one -> encoder.apply(one).getMean()).orElse("-");
  }

  private static FigureData figure(String name, List<LayerInvariance> layers, List<Object> series, Csv csv) {
    return new FigureData(name, Look.option(Map.of(
        "xAxis", Look.categories(layers.stream().map(LayerInvariance::getLayer).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11))),
        "yAxis", Look.values("mean cosine distance", Map.of()), "series", series)), csv.toString());
  }

  private static Map<String, Object> line(String name, List<Object> values, String color, String stroke, String symbol) {
    return Map.of("type", "line", "name", name, "data", values, "color", color, "symbol", symbol, "symbolSize", symbol.equals("circle") ? 5 : 7,
        "lineStyle", Map.of("width", 2, "type", stroke));
  }
}
