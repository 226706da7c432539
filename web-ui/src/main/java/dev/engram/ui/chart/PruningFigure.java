package dev.engram.ui.chart;

import dev.engram.ui.format.Names;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningResult;
import dev.engram.v1.PruningResult.Point;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitPool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accuracy by the share of units that are pruned: a line a strategy, with the 95 % interval over its trials. */
public final class PruningFigure {

  private PruningFigure() {
  }

  /**
   * @param split {@code splits/x}
   * @param knn the neighbors' vote instead of the linear probe
   */
  public static FigureData of(String name, PruningResult result, String split, UnitPool pool, boolean knn) {
    List<Point> points = result.getPointsList().stream().filter(point -> point.getSplit().equals(split) && point.getPool() == pool).toList();
    Set<By> strategies = new LinkedHashSet<>(points.stream().map(Point::getStrategy).toList());
    List<Double> shares = points.stream().map(Point::getShare).distinct().sorted().toList();
    Csv csv = new Csv("split", "pool", "strategy", "share", "pruned", "probe", "trials", "mean", "deviation", "low", "high");
    List<Object> series = new ArrayList<>();
    for (By strategy : strategies) {
      List<Object> means = new ArrayList<>();
      List<Object> bands = new ArrayList<>();
      for (Point point : points) {
        if (point.getStrategy() != strategy) {
          continue;
        }
        TrialMean mean = knn ? point.getKnn() : point.getLinear();
        means.add(percent(mean.getMean()));
        bands.add(List.of(shares.indexOf(point.getShare()), percent(mean.getLow()), percent(mean.getHigh())));
        csv.row(List.of(split, words(pool), words(strategy), point.getShare(), point.getPruned(), knn ? "knn" : "linear", mean.getTrials(),
            mean.getMean(), mean.getDeviation(), mean.getLow(), mean.getHigh()));
      }
      String color = color(strategy);
      series.add(Map.of("type", "custom", "name", words(strategy), "renderItem", "shape:band", "data", bands, "color", color, "silent", true,
          "encode", Map.of("x", 0, "y", List.of(1, 2)), "tooltip", Map.of("show", false), "z", 1));
      series.add(Map.of("type", "line", "name", words(strategy), "data", means, "color", color, "symbol", "circle", "symbolSize", 6,
          "lineStyle", Map.of("width", 2), "z", 3));
    }
    return new FigureData(name, Look.option(Map.of("series", series,
        "legend", Look.legend(strategies.stream().map(PruningFigure::words).toList()),
        "xAxis", Look.categories(shares.stream().map(share -> percent(share) + " %").toList(), Map.of(
            "name", "units pruned", "nameLocation", "middle", "nameGap", 28)),
        "yAxis", Look.values("top-1 accuracy", Map.of("scale", true, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))))),
        csv.toString());
  }

  /** Strategy for people. */
  public static String words(By strategy) {
    return switch (strategy) {
      case HIGHEST -> "highest UnitMem first";
      case LOWEST -> "lowest UnitMem first";
      case RANDOM -> "at random";
      case OWNED -> "owned by images";
      case RANDOM_AS_OWNED -> "at random, as many of each layer as images own";
      case BY_UNSPECIFIED, UNRECOGNIZED -> "none";
    };
  }

  /** Pool for people. */
  public static String words(UnitPool pool) {
    return pool == UnitPool.UNIT_POOL_UNSPECIFIED ? "" : Names.words(pool.name().replace("UNIT_POOL_", ""));
  }

  private static String color(By strategy) {
    return switch (strategy) {
      case HIGHEST -> Look.color("top50");
      case LOWEST -> Look.color("least50");
      case RANDOM, OWNED, RANDOM_AS_OWNED, BY_UNSPECIFIED, UNRECOGNIZED -> Look.color("external");
    };
  }

  private static double percent(double share) {
    return Math.round(1000 * share) / 10.0;
  }
}
