package dev.engram.ui.chart;

import dev.engram.v1.TensorComparison;
import java.util.List;
import java.util.Map;

/** How far each tensor of two encoders is apart, in the order of the layers. */
public final class WeightDifferenceFigure {

  private WeightDifferenceFigure() {
  }

  /** @param tensors those that both encoders have */
  public static FigureData of(String name, List<TensorComparison> tensors) {
    Csv csv = new Csv("tensor", "relative_difference", "largest_difference", "cosine", "first_norm", "second_norm");
    tensors.forEach(tensor -> csv.row(List.of(tensor.getName(), tensor.getRelativeDifference(), tensor.getLargestDifference(), tensor.getCosine(),
        tensor.getFirstNorm(), tensor.getSecondNorm())));
    List<Object> values = tensors.stream().<Object>map(tensor ->
        Double.isFinite(tensor.getRelativeDifference()) ? tensor.getRelativeDifference() : "-").toList();
    return new FigureData(name, Look.option(Map.of("legend", Map.of("show", false), "grid", Look.PLAIN,
        "series", List.of(Map.of("type", "bar", "name", "relative difference", "data", values, "color", Look.color("#0"), "barMaxWidth", 24)),
        "xAxis", Look.categories(tensors.stream().map(TensorComparison::getName).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "fontSize", 9, "interval", Math.max(0, tensors.size() / 24 - 1)))),
        "yAxis", Look.values("relative difference", Map.of()))), csv.toString());
  }
}
