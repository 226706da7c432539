package dev.engram.ui.chart;

import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a déjà vu attack found on one crop: accuracy by confidence, and the four-way partition. */
public final class DejaVuFigure {

  private DejaVuFigure() {
  }

  /** Accuracy at the most confident share, of the target, the reference, and the reference on the target's images. */
  public static FigureData curve(String name, DejaVuResult result, CropResult crop) {
    Csv csv = new Csv("share", "target", "reference", "reference_common");
    crop.getCurveList().forEach(point -> csv.row(
        List.of(point.getShare(), point.getTarget(), point.getReference(), point.getReferenceCommon())));
    Map<String, Object> lines = Map.of("symbol", "none", "silent", true,
        "lineStyle", Map.of("color", Look.QUIET, "type", "dashed", "opacity", 0.8),
        "label", Map.of("color", Look.QUIET, "position", "insideStartTop", "formatter", "{b}"),
        "data", List.of(Map.of("name", "constant guess", "yAxis", 100 * result.getMajority())));
    return new FigureData(name, Look.option(Map.of(
        "series", List.of(
            line("target", crop, CurvePoint::getTarget, Look.color("target"), "solid", lines),
            line("reference", crop, CurvePoint::getReference, Look.color("reference"), "solid", Map.of()),
            line("reference on the target's images", crop, CurvePoint::getReferenceCommon, Look.color("reference"), "dashed", Map.of())),
        "xAxis", Look.values("most confident share", Map.of("min", 0, "max", 100, "nameLocation", "middle", "nameGap", 28,
            "splitLine", Map.of("show", false),
            "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "yAxis", Look.values("accuracy", Map.of("min", 0,
            "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))))), csv.toString());
  }

  /** One stacked bar of the four shares, and each share with its interval below. */
  public static FigureData partition(String name, CropResult crop) {
    Map<String, Interval> cells = cells(crop);
    Csv csv = new Csv("cell", "share", "ci_low", "ci_high");
    List<String> rows = new ArrayList<>(cells.keySet());
    rows.addFirst("all images");
    List<Object> series = new ArrayList<>();
    int row = 1;
    for (Map.Entry<String, Interval> cell : cells.entrySet()) {
      Interval share = cell.getValue();
      csv.row(List.of(cell.getKey(), share.getValue(), share.getCiLow(), share.getCiHigh()));
      List<Object> values = new ArrayList<>(java.util.Collections.nCopies(rows.size(), "-"));
      values.set(0, 100 * share.getValue());
      values.set(row, 100 * share.getValue());
      String color = Look.color(cell.getKey());
      series.add(Map.of("type", "bar", "name", cell.getKey(), "stack", "all", "data", values, "color", color, "barWidth", "62%"));
      series.add(Map.of("type", "custom", "name", cell.getKey() + " interval", "renderItem", "shape:whisker", "color", Look.INK,
          "data", List.of(List.of(100 * share.getCiLow(), 100 * share.getCiHigh(), row)),
          "encode", Map.of("x", List.of(0, 1), "y", 2), "z", 4, "tooltip", Map.of("show", false)));
      row++;
    }
    return new FigureData(name, Look.option(Map.of("series", series,
        "tooltip", Look.tooltip("item"), "legend", Map.of("show", false),
        "grid", Map.of("left", 104, "right", 24, "top", 8, "bottom", 28),
        "xAxis", Look.values("", Map.of("min", 0, "max", 100, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))),
        "yAxis", Look.categories(rows, Map.of("inverse", true,
            "axisLabel", Map.of("color", Look.INK, "fontSize", 12))))), csv.toString());
  }

  /** The cells in the order of the paper. */
  public static Map<String, Interval> cells(CropResult crop) {
    Map<String, Interval> cells = new LinkedHashMap<>();
    cells.put("memorized", crop.getMemorized());
    cells.put("correlated", crop.getCorrelated());
    cells.put("misrepresented", crop.getMisrepresented());
    cells.put("unassociated", crop.getUnassociated());
    return cells;
  }

  private static Map<String, Object> line(String name, CropResult crop, ToDoubleFunction<CurvePoint> value, String color,
      String stroke, Map<String, Object> marks) {
    List<Object> points = crop.getCurveList().stream()
        .<Object>map(point -> List.of(100 * point.getShare(), 100 * value.applyAsDouble(point))).toList();
    return Map.of("type", "line", "name", name, "data", points, "color", color, "symbol", "circle", "symbolSize", 4,
        "lineStyle", Map.of("width", 2, "type", stroke), "markLine", marks);
  }
}
