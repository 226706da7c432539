package dev.engram.ui.chart;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all figures have in common: quiet axes, a legend above, values on pointing. */
final class Look {
  static final String INK = "var(--engram-ink)";
  static final String QUIET = "var(--engram-quiet)";
  static final String LINE = "var(--engram-line)";
  static final String SURFACE = "var(--engram-surface)";
  static final String NULL = "var(--engram-null)";
  static final String F = "var(--engram-candidate)";
  static final String G = "var(--engram-independent)";

  private static final List<String> LINES = List.of("--engram-accent", "--engram-candidate", "--engram-independent", "--engram-top",
      "--engram-least", "--engram-sky", "--engram-external");
  private static final List<String> SYMBOLS = List.of("circle", "rect", "triangle", "diamond");

  /** Place of a plot with a legend above. */
  static final Map<String, Object> BELOW_LEGEND = Map.of("left", 12, "right", 20, "top", 58, "bottom", 24, "containLabel", true);
  /** Place of a plot that has no legend above. */
  static final Map<String, Object> PLAIN = Map.of("left", 12, "right", 20, "top", 30, "bottom", 22, "containLabel", true);

  private Look() {
  }

  /** Color of a subset of the split, of a cell of the partition, or of the n-th of many lines as {@code #n}. */
  static String color(String name) {
    if (name.startsWith("#")) {
      return "var(" + LINES.get(Integer.parseInt(name.substring(1)) % LINES.size()) + ")";
    }
    return switch (name) {
      case "candidate", "memorized", "target", "f" -> "var(--engram-candidate)";
      case "shared", "correlated" -> "var(--engram-shared)";
      case "independent", "reference", "g" -> "var(--engram-independent)";
      case "top50" -> "var(--engram-top)";
      case "least50", "misrepresented" -> "var(--engram-least)";
      default -> "var(--engram-external)";
    };
  }

  /** Mark of the n-th of many lines: told apart without color, too. */
  static String symbol(int line) {
    return SYMBOLS.get(line % SYMBOLS.size());
  }

  /** An option with the common parts and these. */
  static Map<String, Object> option(Map<String, Object> parts) {
    Map<String, Object> option = new HashMap<>();
    option.put("animation", false);
    option.put("textStyle", Map.of("color", INK, "fontFamily", "inherit", "fontSize", 12));
    option.put("grid", BELOW_LEGEND);
    option.put("tooltip", tooltip("axis"));
    option.put("legend", legend(null));
    option.putAll(parts);
    return option;
  }

  static Map<String, Object> tooltip(String trigger) {
    return Map.of("trigger", trigger, "backgroundColor", SURFACE, "borderColor", LINE, "confine", true,
        "textStyle", Map.of("color", INK, "fontSize", 12), "axisPointer", Map.of("lineStyle", Map.of("color", QUIET)));
  }

  /** A legend of these entries, or of all if null. */
  static Map<String, Object> legend(List<String> entries) {
    Map<String, Object> legend = new HashMap<>(Map.of("top", 0, "left", 0, "type", "scroll", "itemWidth", 26, "itemHeight", 8,
        "inactiveColor", "var(--engram-null)", "textStyle", Map.of("color", QUIET)));
    if (entries != null) {
      legend.put("data", entries);
    }
    return legend;
  }

  /** For an axis below everything, also when the other one passes zero: its name in the middle, its labels clear of the corner's. */
  static Map<String, Object> below(String name, Map<String, Object> label) {
    Map<String, Object> labels = new HashMap<>(Map.of("color", QUIET, "hideOverlap", true, "margin", 13));
    labels.putAll(label);
    return Map.of("name", name, "nameLocation", "middle", "nameGap", 33, "nameTextStyle", Map.of("color", QUIET, "fontSize", 11),
        "axisLine", Map.of("onZero", false, "lineStyle", Map.of("color", LINE)), "axisLabel", labels);
  }

  static Map<String, Object> values(String name, Map<String, Object> more) {
    return axis("value", name, more);
  }

  static Map<String, Object> categories(List<String> names, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("data", names);
    return axis("category", "", all);
  }

  private static Map<String, Object> axis(String type, String name, Map<String, Object> more) {
    Map<String, Object> axis = new HashMap<>();
    axis.put("type", type);
    axis.put("name", name);
    axis.put("nameTextStyle", Map.of("color", QUIET, "align", "left", "fontSize", 11));
    axis.put("axisLine", Map.of("lineStyle", Map.of("color", LINE)));
    axis.put("axisTick", Map.of("show", false));
    axis.put("axisLabel", Map.of("color", QUIET, "hideOverlap", true));
    axis.put("splitLine", Map.of("lineStyle", Map.of("color", LINE, "opacity", 0.7)));
    axis.putAll(more);
    return axis;
  }
}
