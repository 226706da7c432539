package dev.engram.ui.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images of each class by the part of the split they are in, or in none. */
public final class SplitFigure {

  private SplitFigure() {
  }

  /**
   * One class.
   *
   * @param images by part, in the order drawn
   */
  public record Row(String className, Map<String, Integer> images) {
  }

  /** @param parts that are drawn; of each row all go into the table */
  public static FigureData of(String name, List<Row> rows, List<String> parts) {
    List<String> header = new ArrayList<>(List.of("class"));
    header.addAll(parts);
    Csv csv = new Csv(header.toArray(String[]::new));
    for (Row row : rows) {
      List<Object> values = new ArrayList<>(List.of(row.className));
      parts.forEach(part -> values.add(row.images.get(part)));
      csv.row(values);
    }
    List<Object> series = new ArrayList<>();
    for (String part : parts) {
      series.add(Map.of("type", "bar", "name", part, "stack", "images", "color", color(part), "barWidth", "68%",
          "data", rows.stream().map(row -> row.images.get(part)).toList()));
    }
    return new FigureData(name, Look.option(new HashMap<>(Map.of("series", series,
        "xAxis", Look.values("", Map.of()),
        "yAxis", Look.categories(rows.stream().map(Row::className).toList(), Map.of("inverse", true,
            "axisLabel", Map.of("color", Look.INK, "fontSize", 12)))))), csv.toString());
  }

  private static String color(String part) {
    return switch (part) {
      case "public" -> "var(--engram-least)";
      case "duplicate", "near duplicate" -> Look.color("top50");
      case "unused" -> Look.NULL;
      default -> Look.color(part);
    };
  }
}
