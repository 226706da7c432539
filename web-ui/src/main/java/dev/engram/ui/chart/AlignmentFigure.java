package dev.engram.ui.chart;

import dev.engram.v1.AlignedUnit;
import dev.engram.v1.Alignment;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ProbedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Units beside the images that own them; layers beside what a probe reads off them. */
public final class AlignmentFigure {

  private AlignmentFigure() {
  }

  /** A point a unit: right its UnitMem, up the SSLMem of its image, colored by the part of the split that the image belongs to. */
  public static FigureData units(String name, Alignment alignment) {
    Csv csv = new Csv("layer", "unit", "unit_mem", "null_unit_mem", "image", "sslmem", "subset", "counted");
    for (AlignedUnit point : alignment.getPointsList()) {
      csv.row(List.of(alignment.getLayer(), point.getUnit(), point.getUnitMem(), point.getNullUnitMem(), point.getImageId(),
          point.hasSslmem() ? point.getSslmem() : "", point.getSubset(), point.getCounted()));
    }
    List<Object> series = new ArrayList<>();
    alignment.getPointsList().stream().filter(AlignedUnit::hasSslmem).map(AlignedUnit::getSubset).distinct().sorted().forEach(subset -> {
      List<Object> points = alignment.getPointsList().stream().filter(point -> point.hasSslmem() && point.getSubset().equals(subset))
          .<Object>map(point -> List.of(round(point.getUnitMem()), round(point.getSslmem()), "unit " + point.getUnit() + ", image " + point.getImageId()))
          .toList();
      series.add(Map.of("type", "scatter", "name", subset, "data", points, "color", Look.color(subset), "symbolSize", 7,
          "encode", Map.of("x", 0, "y", 1, "tooltip", List.of(2, 0, 1)), "itemStyle", Map.of("opacity", 0.75)));
    });
    return new FigureData(name, Look.option(Map.of("series", series, "tooltip", Look.tooltip("item"),
        "xAxis", Look.values("UnitMem of the unit", Map.of("scale", true, "nameLocation", "middle", "nameGap", 26)),
        "yAxis", Look.values("SSLMem of its image", Map.of("scale", true)))), csv.toString());
  }

  /** By depth: memorization at the left scale, accuracy at the right one. */
  public static FigureData probes(String name, ProbeAlignment alignment) {
    Csv csv = new Csv("layer", "point", "depth", "layer_mem", "beyond_external", "mean_unit_mem", "null_mean_unit_mem", "linear_f", "linear_g", "knn_f", "knn_g");
    for (ProbedLayer layer : alignment.getLayersList()) {
      csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getDepth(), layer.getLayerMem(),
          layer.hasBeyondExternal() ? layer.getBeyondExternal() : "", layer.hasMeanUnitMem() ? layer.getMeanUnitMem() : "",
          layer.hasNullMeanUnitMem() ? layer.getNullMeanUnitMem() : "", layer.getLinearF(), layer.getLinearG(), layer.getKnnF(), layer.getKnnG()));
    }
    List<ProbedLayer> layers = alignment.getLayersList();
    List<Object> series = new ArrayList<>();
    series.add(line("LayerMem of the candidates", 0, "candidate", layers.stream().<Object>map(layer -> round(layer.getLayerMem())).toList()));
    series.add(line("beyond external points", 0, "top50",
        layers.stream().<Object>map(layer -> layer.hasBeyondExternal() ? round(layer.getBeyondExternal()) : "-").toList()));
    if (layers.stream().anyMatch(ProbedLayer::hasMeanUnitMem)) {
      series.add(line("mean UnitMem", 0, "shared",
          layers.stream().<Object>map(layer -> layer.hasMeanUnitMem() ? round(layer.getMeanUnitMem()) : "-").toList()));
    }
    series.add(line("linear probe of f", 1, "#0", layers.stream().<Object>map(layer -> round(layer.getLinearF())).toList()));
    series.add(line("linear probe of g", 1, "independent", layers.stream().<Object>map(layer -> round(layer.getLinearG())).toList()));
    return new FigureData(name, Look.option(Map.of("series", series,
        "xAxis", Look.categories(layers.stream().map(ProbedLayer::getLayer).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11))),
        "yAxis", List.of(Look.values("memorization", Map.of("scale", true)),
            Look.values("accuracy", Map.of("scale", true, "splitLine", Map.of("show", false)))))), csv.toString());
  }

  private static Map<String, Object> line(String name, int axis, String color, List<Object> data) {
    return Map.of("type", "line", "name", name, "yAxisIndex", axis, "data", data, "color", Look.color(color), "symbol", "circle", "symbolSize", 6,
        "lineStyle", Map.of("width", 2, "type", axis == 0 ? "solid" : "dashed"));
  }

  private static double round(double value) {
    return Math.round(10_000 * value) / 10_000.0;
  }
}
