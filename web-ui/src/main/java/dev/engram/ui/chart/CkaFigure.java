package dev.engram.ui.chart;

import dev.engram.v1.CkaLayer;
import dev.engram.v1.CkaResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CKA of every layer of one encoder (up) with every layer of another (right), as a heat map. */
public final class CkaFigure {
  private static final int MANY = 24;

  private CkaFigure() {
  }

  /**
   * @param first what to call the encoder of the rows
   * @param second what to call the encoder of the columns
   */
  public static FigureData of(String name, CkaResult result, String first, String second) {
    Csv csv = new Csv("first_layer", "first_point", "first_depth", "second_layer", "second_point", "second_depth", "cka");
    List<Object> cells = new ArrayList<>();
    for (int row = 0; row < result.getFirstCount(); row++) {
      for (int column = 0; column < result.getSecondCount(); column++) {
        CkaLayer up = result.getFirst(row);
        CkaLayer right = result.getSecond(column);
        double value = result.getCka(row * result.getSecondCount() + column);
        csv.row(List.of(up.getLayer(), up.getPoint(), up.getDepth(), right.getLayer(), right.getPoint(), right.getDepth(), value));
        cells.add(List.of(column, row, Double.isNaN(value) ? "-" : Math.round(1000 * value) / 1000.0));
      }
    }
    return new FigureData(name, Look.option(Map.of(
        "legend", Map.of("show", false),
        "tooltip", Look.tooltip("item"),
        "grid", Map.of("left", 48, "right", 96, "top", 12, "bottom", 34, "containLabel", true),
        "visualMap", Map.of("min", 0, "max", 1, "calculable", true, "right", 0, "top", "middle", "itemHeight", 180, "precision", 2,
            "textStyle", Map.of("color", Look.QUIET), "text", List.of("alike", "unlike"),
            "inRange", Map.of("color", List.of(Look.SURFACE, "var(--engram-accent)", Look.INK))),
        "series", List.of(Map.of("type", "heatmap", "name", "CKA", "data", cells, "progressive", 0,
            "itemStyle", Map.of("borderWidth", 0),
            "emphasis", Map.of("itemStyle", Map.of("borderColor", Look.INK, "borderWidth", 1)))),
        "xAxis", axis(result.getSecondList(), second + " →", 60),
        "yAxis", axis(result.getFirstList(), first + " →", 0))), csv.toString());
  }

  private static Map<String, Object> axis(List<CkaLayer> layers, String encoder, int rotate) {
    int font = layers.size() > MANY ? 9 : 11;
    Map<String, Object> label = new HashMap<>(Map.of("color", Look.QUIET, "rotate", rotate, "fontSize", font));
    label.put("interval", layers.size() > 2 * MANY ? "auto" : 0);
    return Look.categories(layers.stream().map(CkaLayer::getLayer).toList(), Map.of(
        "name", encoder, "nameLocation", "middle", "nameGap", extent(layers, font, rotate), "nameTextStyle", Map.of("color", Look.QUIET),
        "axisLabel", label, "axisTick", Map.of("show", false)));
  }

  /** Pixels that the longest name of a layer reaches away from its axis, about: a letter is 0.56 of the font's size wide. */
  private static long extent(List<CkaLayer> layers, int font, int rotate) {
    int longest = layers.stream().mapToInt(layer -> layer.getLayer().length()).max().orElse(0);
    double share = rotate == 0 ? 1 : Math.sin(Math.toRadians(rotate));
    return Math.round(longest * 0.56 * font * share) + 12;
  }
}
