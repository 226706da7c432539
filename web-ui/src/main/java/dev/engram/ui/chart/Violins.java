package dev.engram.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Histograms of [0, 1] as half violins, left and right of each category. */
final class Violins {
  static final int LEFT = -1;
  static final int RIGHT = 1;

  private Violins() {
  }

  /** A half violin of a category. */
  static List<Object> half(int category, int side, List<Integer> histogram) {
    List<Object> row = new ArrayList<>(List.of(category, side));
    row.addAll(histogram);
    return row;
  }

  /** The halves of one side, made by {@link #half} from histograms of as many bins. */
  static Map<String, Object> series(String name, List<List<Object>> halves, String color) {
    int values = halves.isEmpty() ? 2 : halves.getFirst().size();
    return Map.of("type", "custom", "name", name, "renderItem", "shape:violin", "data", halves, "color", color,
        "encode", Map.of("x", 0, "y", IntStream.range(2, values).boxed().toList()), "clip", true);
  }
}
