package dev.engram.ui.form;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the field of a form that a violation's path means. A service names a field from the root of its request
 * ({@code spec.recipe.epochs}, {@code spec.crops[0].corner.fraction}); a form knows a part of that path
 * ({@code recipe.epochs}, {@code crops}).
 */
final class FieldPaths {

  private FieldPaths() {
  }

  /**
   * The known path that the violation's ends with, indices and all; otherwise the longest known one whose parts follow one another in
   * the violation's; of equally long ones the innermost.
   */
  static Optional<String> find(Collection<String> known, String violation) {
    Optional<String> exact = known.stream().filter(path -> violation.equals(path) || violation.endsWith("." + path))
        .max(Comparator.comparingInt(String::length));
    if (exact.isPresent()) {
      return exact;
    }
    List<String> parts = parts(violation);
    return known.stream().filter(path -> place(parts, path) >= 0)
        .max(Comparator.comparingInt((String path) -> parts(path).size()).thenComparingInt(path -> place(parts, path)));
  }

  private static int place(List<String> parts, String path) {
    return java.util.Collections.lastIndexOfSubList(parts, parts(path));
  }

  private static List<String> parts(String path) {
    return Arrays.asList(path.replaceAll("\\[\\d*]", "").replaceAll("\\[\"?([^]\"]*)\"?]", ".$1").split("\\."));
  }
}
