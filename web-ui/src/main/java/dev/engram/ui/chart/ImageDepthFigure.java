package dev.engram.ui.chart;

import dev.engram.v1.ImageScoreAtLayer;
import dev.engram.v1.ImageScores;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.SubsetScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The score of one image by depth, beside the mean of the images it belongs to and of images nobody saw. */
public final class ImageDepthFigure {

  private ImageDepthFigure() {
  }

  /**
   * @param rows rows of the result to draw, in forward order
   * @param scores the image at every row of the result
   */
  public static FigureData of(String name, List<LayerScore> rows, ImageScores scores) {
    Csv csv = new Csv("layer", "point", "depth", "image", "subset", "score", "distance_f", "distance_g", "degenerate", "rank", "subset_mean");
    scores.getLayersList().forEach(layer -> csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getDepth(), scores.getImageId(),
        scores.getSubset(), layer.getScore(), layer.getDistanceF(), layer.getDistanceG(), layer.getDegenerate(), layer.getRank(),
        rows.stream().filter(row -> row.getLayer().equals(layer.getLayer())).findFirst().flatMap(row -> mean(row, scores.getSubset()))
            .<Object>map(value -> value).orElse(""))));
    List<Object> series = new ArrayList<>();
    series.add(line("this image", rows.stream().map(row -> at(scores, row.getLayer())).toList(), "var(--engram-accent)", "solid", 2.5));
    for (String subset : scores.getSubset().equals("external") ? List.of("external") : List.of(scores.getSubset(), "external")) {
      series.add(line("mean, " + subset, rows.stream().<Object>map(row -> mean(row, subset).<Object>map(value -> value).orElse("-")).toList(),
          Look.color(subset), "dashed", 1.5));
    }
    return new FigureData(name, Look.option(Map.of("series", series,
        "xAxis", Look.categories(rows.stream().map(LayerScore::getLayer).toList(),
            Map.of("axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "fontSize", 11, "hideOverlap", true))),
        "yAxis", Look.values("score", Map.of("scale", false)))), csv.toString());
  }

  /** Rows of these layers, the image's place in each. */
  public static List<LayerScore> rows(LayerMemResult result) {
    return LayerMemFigure.rows(result, false);
  }

  private static Object at(ImageScores scores, String layer) {
    return scores.getLayersList().stream().filter(one -> one.getLayer().equals(layer)).findFirst()
        .<Object>map(ImageScoreAtLayer::getScore).orElse("-");
  }

  private static Optional<Double> mean(LayerScore row, String subset) {
    return row.getSubsetsList().stream().filter(one -> one.getSubset().equals(subset)).map(SubsetScore::getMean).findFirst();
  }

  private static Map<String, Object> line(String name, List<Object> values, String color, String stroke, double width) {
    return Map.of("type", "line", "name", name, "data", values, "color", color, "symbol", "circle", "symbolSize", 5,
        "lineStyle", Map.of("width", width, "type", stroke));
  }
}
