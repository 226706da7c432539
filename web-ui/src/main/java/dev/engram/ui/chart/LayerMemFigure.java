package dev.engram.ui.chart;

import dev.engram.ui.format.Numbers;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** LayerMem by depth, one line a subset with its 95 % interval; and what each layer adds. */
public final class LayerMemFigure {
  /** Subsets that are drawn from the start; the others wait in the legend. */
  private static final Set<String> FIRST = Set.of("candidate", "shared", "independent", "external");

  private LayerMemFigure() {
  }

  /** Rows of the convolutions and of the residual sums, as in the paper's Table 1, in a transformer also of its two layers a block, as in Table 10; or all rows, also of a network without convolutions. */
  public static List<LayerScore> rows(LayerMemResult result, boolean all) {
    boolean every = all || result.getLayersList().stream().noneMatch(layer -> layer.getPoint().equals("conv"));
    Predicate<LayerScore> wanted = layer -> every || layer.getPoint().equals("conv") || layer.getPoint().equals("add") || layer.hasDeltaBlock();
    return result.getLayersList().stream().filter(wanted).toList();
  }

  /** What the candidates have beyond another subset: a line a comparison, with its band; 0 is no memorization. */
  public static FigureData beyond(String name, List<LayerScore> layers) {
    Csv csv = new Csv("layer", "point", "depth", "subset", "against", "mean", "ci_low", "ci_high");
    Set<String> against = new LinkedHashSet<>();
    layers.forEach(layer -> layer.getDifferencesList().forEach(difference -> against.add(difference.getAgainst())));
    List<Object> series = new ArrayList<>();
    Map<String, Object> selected = new HashMap<>();
    for (String other : against) {
      String title = "candidates − " + other;
      List<Object> means = new ArrayList<>(Collections.nCopies(layers.size(), "-"));
      List<Object> bands = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        LayerScore layer = layers.get(i);
        for (SubsetDifference d : layer.getDifferencesList()) {
          if (d.getAgainst().equals(other)) {
            means.set(i, d.getMean());
            bands.add(List.of(i, d.getCiLow(), d.getCiHigh()));
            csv.row(List.of(layer.getLayer(), layer.getPoint(), layer.getDepth(), d.getSubset(), other, d.getMean(), d.getCiLow(), d.getCiHigh()));
          }
        }
      }
      selected.put(title, other.equals("external"));
      banded(series, title, means, bands, Look.color(other.equals("external") ? "candidate" : other));
    }
    Map<String, Object> legend = new HashMap<>(Look.legend(against.stream().map(other -> "candidates − " + other).toList()));
    legend.put("selected", selected);
    return new FigureData(name, Look.option(Map.of("legend", legend, "series", series, "xAxis", layerAxis(layers),
        "yAxis", Look.values("LayerMem, difference", Map.of()))), csv.toString());
  }

  /** Lines with bands. */
  public static FigureData byDepth(String name, List<LayerScore> layers) {
    Set<String> subsets = new LinkedHashSet<>();
    layers.forEach(layer -> layer.getSubsetsList().forEach(score -> subsets.add(score.getSubset())));
    Csv csv = new Csv("layer", "point", "depth", "subset", "mean", "ci_low", "ci_high", "images", "degenerate");
    List<Object> series = new ArrayList<>();
    Map<String, Object> selected = new HashMap<>();
    for (String subset : subsets) {
      List<Object> means = new ArrayList<>();
      List<Object> bands = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        Optional<SubsetScore> score = score(layers.get(i), subset);
        means.add(score.<Object>map(SubsetScore::getMean).orElse("-"));
        if (score.isPresent()) {
          SubsetScore s = score.get();
          bands.add(List.of(i, s.getCiLow(), s.getCiHigh()));
          csv.row(List.of(layers.get(i).getLayer(), layers.get(i).getPoint(), layers.get(i).getDepth(), subset, s.getMean(),
              s.getCiLow(), s.getCiHigh(), s.getImages(), s.getDegenerate()));
        }
      }
      selected.put(subset, FIRST.contains(subset));
      banded(series, subset, means, bands, Look.color(subset));
    }
    Map<String, Object> legend = new HashMap<>(Look.legend(List.copyOf(subsets)));
    legend.put("selected", selected);
    return new FigureData(name, Look.option(Map.of("legend", legend, "series", series,
        "xAxis", layerAxis(layers),
        "yAxis", Look.values("LayerMem", Map.of("scale", true)))), csv.toString());
  }

  /**
   * Bars of ΔLayerMem of the candidates.
   *
   * @param all against the previous row (Table 18) instead of the previous convolution (Table 1), or in a transformer by its blocks (Table 10)
   */
  public static FigureData deltas(String name, List<LayerScore> layers, boolean all) {
    Csv csv = new Csv("layer", "point", "delta");
    List<Object> bars = new ArrayList<>();
    for (LayerScore layer : layers) {
      boolean has = all ? layer.hasDeltaModule() : layer.hasDeltaBlock() || layer.hasDeltaConv();
      double delta = all ? layer.getDeltaModule() : layer.hasDeltaBlock() ? layer.getDeltaBlock() : layer.getDeltaConv();
      bars.add(has ? delta : "-");
      if (has) {
        csv.row(List.of(layer.getLayer(), layer.getPoint(), delta));
      }
    }
    return new FigureData(name, Look.option(Map.of("legend", Map.of("show", false),
        "grid", Look.PLAIN, "series", List.of(Map.of("type", "bar", "name", "ΔLayerMem", "data", bars, "color", Look.color("candidate"), "barMaxWidth", 34,
            "itemStyle", Map.of("borderRadius", 2))),
        "xAxis", layerAxis(layers),
        "yAxis", Look.values("ΔLayerMem", Map.of()))), csv.toString());
  }

  /** Images that cannot be told apart by any view, where a subset has some: layer, subset, how many of how many. */
  public static List<String> degenerate(List<LayerScore> layers) {
    return layers.stream().flatMap(layer -> layer.getSubsetsList().stream().filter(score -> score.getDegenerate() > 0)
        .map(score -> layer.getLayer() + ", " + score.getSubset() + ": " + Numbers.count(score.getDegenerate()) + " of "
            + Numbers.count(score.getImages(), "image"))).toList();
  }

  private static void banded(List<Object> series, String name, List<Object> means, List<Object> bands, String color) {
    series.add(Map.of("type", "custom", "name", name, "renderItem", "shape:band", "data", bands, "color", color, "silent", true,
        "encode", Map.of("x", 0, "y", List.of(1, 2)), "tooltip", Map.of("show", false), "z", 1));
    series.add(Map.of("type", "line", "name", name, "data", means, "color", color, "symbol", "circle", "symbolSize", 6,
        "lineStyle", Map.of("width", 2), "z", 3));
  }

  private static Map<String, Object> layerAxis(List<LayerScore> layers) {
    return Look.categories(labels(layers), Map.of(
        "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11)));
  }

  private static Optional<SubsetScore> score(LayerScore layer, String subset) {
    return layer.getSubsetsList().stream().filter(score -> score.getSubset().equals(subset)).findFirst();
  }

  private static List<String> labels(List<LayerScore> layers) {
    return layers.stream().map(LayerScore::getLayer).toList();
  }
}
