package dev.engram.ui.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The modules of a network as a tree, those that were measured with a color, a bar and their figure. */
public final class MemoryMapFigure {
  private static final List<String> SIGNED = List.of("var(--engram-below)", "var(--engram-middle)", "var(--engram-above)");
  private static final List<String> UNSIGNED = List.of("var(--engram-middle)", "var(--engram-above)");
  private static final int ROW_PIXELS = 22;
  private static final int AROUND_PIXELS = 66;

  /**
   * A line of the map.
   *
   * @param path of the module, by which it is chosen
   * @param name what is written: the path below the parent's
   * @param depth modules it is in
   * @param parent line of the one it is in; −1 if it is in none
   * @param kind of operation; empty for a group
   * @param value what was measured, if something was
   * @param low lower end of the 95 % interval, if there is one
   * @param high upper end
   * @param text the value as people read it
   * @param selected whether it is marked
   */
  public record Node(String path, String name, int depth, int parent, String kind, OptionalDouble value, OptionalDouble low,
      OptionalDouble high, String text, boolean selected) {

    /** What is said on pointing, and to those who do not see the figure. */
    String words() {
      String what = path + (kind.isEmpty() ? "" : " (" + kind + ")");
      return value.isEmpty() ? what + ": not measured"
          : what + ": " + text + (low.isEmpty() ? "" : ", 95 % interval " + short4(low.getAsDouble()) + " to " + short4(high.getAsDouble()));
    }

    private static String short4(double value) {
      return number(Math.round(value * 10_000) / 10_000.0);
    }
  }

  /**
   * What colors and bars mean; two maps of one scale can be compared.
   *
   * @param measure what it is a scale of
   * @param low the value of the first color
   * @param high the value of the last color
   */
  public record Scale(String measure, double low, double high) {

    /** The scale on which all of these values lie; a signed one has 0 in its middle. */
    public static Scale over(String measure, boolean signed, Collection<Double> values) {
      double most = nice(values.stream().mapToDouble(Math::abs).filter(Double::isFinite).max().orElse(1));
      return new Scale(measure, signed ? -most : 0, most);
    }

    /** The next of 1, 1.5, 2, 3, 5, 7 times a power of ten. */
    static double nice(double value) {
      if (value <= 0) {
        return 1;
      }
      double power = Math.pow(10, Math.floor(Math.log10(value)));
      for (double step : new double[] {1, 1.5, 2, 3, 5, 7}) {
        if (value <= step * power * (1 + 1e-9)) {
          return step * power;
        }
      }
      return 10 * power;
    }
  }

  private MemoryMapFigure() {
  }

  /** Height that a map of so many lines wants, as CSS writes it. */
  public static String height(int lines) {
    return lines * ROW_PIXELS + AROUND_PIXELS + "px";
  }

  /** @param nodes parents before children */
  public static FigureData of(String name, List<Node> nodes, Scale scale) {
    Csv csv = new Csv("layer", "kind", "measure", "value", "ci_low", "ci_high");
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      rows.add(row(i, node));
      if (node.value().isPresent()) {
        csv.row(List.of(node.path(), node.kind(), scale.measure(), node.value().getAsDouble(), cell(node.low()), cell(node.high())));
      }
    }
    Map<String, Object> series = new HashMap<>(Map.of("type", "custom", "name", scale.measure(), "renderItem", "shape:node", "data", rows,
        "encode", Map.of("x", List.of(1, 2, 3), "y", 0), "ink", Look.INK, "quiet", Look.QUIET, "line", Look.LINE,
        "mark", "var(--engram-accent-ground)", "clip", false));
    series.put("progressive", 0);
    return new FigureData(name, Look.option(Map.of(
        "legend", Map.of("show", false),
        "tooltip", Look.tooltip("item"),
        "grid", Map.of("left", "46%", "right", 62, "top", 40, "bottom", 24),
        "visualMap", legend(scale),
        "series", List.of(series),
        "xAxis", Look.values("", Map.of("min", scale.low(), "max", scale.high(), "interval", scale.low() < 0 ? scale.high() : (scale.high() - scale.low()) / 2)),
        "yAxis", Look.categories(nodes.stream().map(Node::path).toList(),
            Map.of("inverse", true, "axisLabel", Map.of("show", false), "axisLine", Map.of("show", false))))), csv.toString());
  }

  private static Map<String, Object> legend(Scale scale) {
    Map<String, Object> legend = new HashMap<>(Map.of("type", "continuous", "dimension", 1, "min", scale.low(), "max", scale.high()));
    legend.putAll(Map.of("orient", "horizontal", "left", 0, "top", 0, "itemWidth", 12, "itemHeight", 150,
        "text", List.of(number(scale.high()), number(scale.low())), "textStyle", Map.of("color", Look.QUIET),
        "inRange", Map.of("color", scale.low() < 0 ? SIGNED : UNSIGNED)));
    return legend;
  }

  private static Map<String, Object> row(int line, Node node) {
    Map<String, Object> row = new HashMap<>(Map.of("name", node.path(), "value", List.of(line, drawn(node.value()), drawn(node.low()), drawn(node.high())),
        "key", node.path(), "label", node.name(), "depth", node.depth(), "parent", node.parent(), "group", node.kind().isEmpty(),
        "text", node.text(), "words", node.words(), "selected", node.selected()));
    row.put("tooltip", Map.of("formatter", node.words()));
    return row;
  }

  private static Object drawn(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : "-";
  }

  private static Object cell(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : "";
  }

  private static String number(double value) {
    return BigDecimal.valueOf(Math.round(value * 1e6) / 1e6).stripTrailingZeros().toPlainString().replace('-', '−');
  }
}
