package dev.engram.ui.chart;

import dev.engram.v1.ExchangeResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.function.ToDoubleFunction;

/** What exchanging layers costs on the source's data and gains on the other's. */
public final class ExchangeFigure {

  /** What is shown of a set. */
  public enum Score {
    SOURCE("probe, source's data", set -> set.getSource().getLinear()),
    OTHER("probe, other's data", set -> set.getOther().getLinear()),
    TRANSFER("source's head, other's data", ExchangeResult.Set::getTransfer);

    private final String title;
    private final ToDoubleFunction<ExchangeResult.Set> value;

    Score(String title, ToDoubleFunction<ExchangeResult.Set> value) {
      this.title = title;
      this.value = value;
    }

    /** Name for people. */
    public String title() {
      return title;
    }

    /** Of a set, in [0, 1]; NaN where there is none. */
    public double of(ExchangeResult.Set set) {
      return value.applyAsDouble(set);
    }
  }

  private ExchangeFigure() {
  }

  /** The source as it is: the set without layers. */
  public static Optional<ExchangeResult.Set> unchanged(ExchangeResult result) {
    return result.getSetsList().stream().filter(set -> set.getLayersCount() == 0).findFirst();
  }

  /** The sets with layers, those that cost the source's probe most first; equal ones as they come. */
  public static List<ExchangeResult.Set> byDrop(ExchangeResult result, int size) {
    return result.getSetsList().stream().filter(set -> size == 0 ? set.getLayersCount() > 0 : set.getLayersCount() == size)
        .sorted(Comparator.comparingDouble(Score.SOURCE::of)).toList();
  }

  /** The scores that a set has: the source's head has none on data whose classes it does not know. */
  public static List<Score> scores(ExchangeResult result) {
    return Stream.of(Score.values()).filter(score -> result.getSetsList().stream().anyMatch(set -> !Double.isNaN(score.of(set)))).toList();
  }

  /** Bars for each single layer, ordered by drop, beside the source as it is. */
  public static FigureData singles(String name, ExchangeResult result) {
    List<ExchangeResult.Set> sets = new ArrayList<>();
    unchanged(result).ifPresent(sets::add);
    sets.addAll(byDrop(result, 1));
    Csv csv = new Csv("layers", "source_linear", "other_linear", "transfer", "names");
    sets.forEach(set -> csv.row(List.of(String.join(" ", set.getLayersList()), Score.SOURCE.of(set), Score.OTHER.of(set),
        Score.TRANSFER.of(set), String.join("; ", set.getNamesList()))));
    List<Object> series = new ArrayList<>();
    for (Score score : scores(result)) {
      series.add(Map.of("type", "bar", "name", score.title(), "color", Look.color("#" + score.ordinal()), "barMaxWidth", 18,
          "data", sets.stream().map(set -> percent(score.of(set))).toList()));
    }
    return new FigureData(name, Look.option(Map.of("series", series,
        "xAxis", Look.categories(sets.stream().map(set -> set.getLayersCount() == 0 ? "none" : set.getLayers(0)).toList(), Map.of(
            "axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", sets.size() > 16 ? 9 : 11))),
        "yAxis", Look.values("top-1 accuracy", Map.of("min", 0, "axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))))),
        csv.toString());
  }

  /** Pairs as a heat map, the singles on its diagonal; both axes in the network's order. */
  public static FigureData pairs(String name, ExchangeResult result, Score score) {
    List<String> layers = result.getLayersList();
    Csv csv = new Csv("first", "second", "accuracy");
    List<Object> cells = new ArrayList<>();
    double low = 1;
    double high = 0;
    for (ExchangeResult.Set set : result.getSetsList()) {
      double value = score.of(set);
      if (set.getLayersCount() < 1 || set.getLayersCount() > 2 || Double.isNaN(value)) {
        continue;
      }
      String first = set.getLayers(0);
      String second = set.getLayers(set.getLayersCount() - 1);
      csv.row(List.of(first, second, value));
      cells.add(List.of(layers.indexOf(second), layers.indexOf(first), percent(value)));
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    Map<String, Object> label = Map.of("color", Look.QUIET, "rotate", 45, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11);
    return new FigureData(name, Look.option(Map.of(
        "legend", Map.of("show", false),
        "tooltip", Look.tooltip("item"),
        "grid", Map.of("left", 30, "right", 96, "top", 12, "bottom", 34, "containLabel", true),
        "visualMap", Map.of("min", percent(Math.min(low, high)), "max", percent(Math.max(low, high)), "calculable", true, "right", 0,
            "top", "middle", "itemHeight", 180, "precision", 1, "textStyle", Map.of("color", Look.QUIET), "text", List.of("%", ""),
            "inRange", Map.of("color", List.of(Look.INK, "var(--engram-accent)", Look.SURFACE))),
        "series", List.of(Map.of("type", "heatmap", "name", score.title(), "data", cells, "progressive", 0,
            "itemStyle", Map.of("borderWidth", 0), "emphasis", Map.of("itemStyle", Map.of("borderColor", Look.INK, "borderWidth", 1)))),
        "xAxis", Look.categories(layers, Map.of("axisLabel", label)),
        "yAxis", Look.categories(layers, Map.of("axisLabel", Map.of("color", Look.QUIET, "interval", 0))))), csv.toString());
  }

  private static Object percent(double share) {
    return Double.isNaN(share) ? "-" : Math.round(1000 * share) / 10.0;
  }
}
