package dev.engram.ui.chart;

import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.SeedAgreement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A measure by depth over several seeds: a line of means a quantity, its 95 % interval as a band. */
public final class ReplicatesFigure {

  private ReplicatesFigure() {
  }

  /**
   * @param figures of one measure; of one kind of tap, unless there are no taps
   * @param quantities to draw
   */
  public static FigureData byDepth(String name, ReplicatesResult result, List<ReplicatedFigure> figures, List<String> quantities) {
    List<String> layers = figures.stream().filter(figure -> quantities.contains(figure.getQuantity())).map(ReplicatedFigure::getLayer).distinct().toList();
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < quantities.size(); i++) {
      String quantity = quantities.get(i);
      List<Object> means = new ArrayList<>(Collections.nCopies(layers.size(), "-"));
      List<Object> bands = new ArrayList<>();
      figures.stream().filter(figure -> figure.getQuantity().equals(quantity)).forEach(figure -> {
        int place = layers.indexOf(figure.getLayer());
        means.set(place, figure.getMean());
        bands.add(List.of(place, figure.getCiLow(), figure.getCiHigh()));
      });
      String color = Set.of("candidate", "shared", "independent", "external").contains(quantity) ? Look.color(quantity) : Look.color("#" + i);
      banded(series, quantity, means, bands, color);
    }
    return new FigureData(name, Look.option(Map.of("legend", Look.legend(quantities), "series", series, "xAxis", axis(layers),
        "yAxis", Look.values("", Map.of("scale", true)))), csv(result, figures));
  }

  /** How far trainings by different seeds memorize the same candidates: means over pairs of seeds, from the least to the most as a band. */
  public static FigureData agreement(String name, List<SeedAgreement> rows) {
    Csv csv = new Csv("layer", "point", "depth", "images", "top", "overlap", "overlap_min", "overlap_max", "tau", "tau_min", "tau_max");
    List<Object> overlap = new ArrayList<>();
    List<Object> overlaps = new ArrayList<>();
    List<Object> tau = new ArrayList<>();
    List<Object> taus = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      SeedAgreement row = rows.get(i);
      csv.row(List.of(row.getLayer(), row.getPoint(), row.getDepth(), row.getImages(), row.getTop(), row.getOverlap(), row.getOverlapMin(),
          row.getOverlapMax(), row.getTau(), row.getTauMin(), row.getTauMax()));
      overlap.add(row.getOverlap());
      overlaps.add(List.of(i, row.getOverlapMin(), row.getOverlapMax()));
      tau.add(Double.isNaN(row.getTau()) ? "-" : row.getTau());
      if (!Double.isNaN(row.getTau())) {
        taus.add(List.of(i, row.getTauMin(), row.getTauMax()));
      }
    }
    List<Object> series = new ArrayList<>();
    if (tells(rows)) {
      banded(series, "overlap of the most memorized", overlap, overlaps, Look.color("#0"));
    }
    banded(series, "Kendall's tau", tau, taus, Look.color("candidate"));
    return new FigureData(name, Look.option(Map.of("series", series, "xAxis", axis(rows.stream().map(SeedAgreement::getLayer).toList()),
        "yAxis", Look.values("", Map.of("max", 1)))), csv.toString());
  }

  /** Whether the overlap tells anything: where the top set is all there is, it is 1 whatever is memorized. */
  public static boolean tells(List<SeedAgreement> rows) {
    return rows.stream().allMatch(row -> row.getTop() < row.getImages());
  }

  /** Quantities of these figures, in their order. */
  public static List<String> quantities(List<ReplicatedFigure> figures) {
    Set<String> quantities = new LinkedHashSet<>();
    figures.forEach(figure -> quantities.add(figure.getQuantity()));
    return List.copyOf(quantities);
  }

  private static void banded(List<Object> series, String name, List<Object> means, List<Object> bands, String color) {
    series.add(Map.of("type", "custom", "name", name, "renderItem", "shape:band", "data", bands, "color", color, "silent", true,
        "encode", Map.of("x", 0, "y", List.of(1, 2)), "tooltip", Map.of("show", false), "z", 1));
    series.add(Map.of("type", "line", "name", name, "data", means, "color", color, "symbol", "circle", "symbolSize", 6,
        "lineStyle", Map.of("width", 2), "z", 3));
  }

  private static Map<String, Object> axis(List<String> layers) {
    return Look.categories(layers, Map.of("axisLabel",
        Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11)));
  }

  private static String csv(ReplicatesResult result, List<ReplicatedFigure> figures) {
    List<String> header = new ArrayList<>(List.of("measure", "layer", "point", "depth", "quantity", "mean", "std", "ci_low", "ci_high"));
    result.getSeedsList().forEach(seed -> header.add("seed_" + seed));
    Csv csv = new Csv(header.toArray(String[]::new));
    for (ReplicatedFigure figure : figures) {
      List<Object> row = new ArrayList<>(List.of(figure.getMeasure(), figure.getLayer(), figure.getPoint(), figure.getDepth(), figure.getQuantity(),
          figure.getMean(), figure.getStd(), figure.getCiLow(), figure.getCiHigh()));
      row.addAll(figure.getValuesList());
      csv.row(row);
    }
    return csv.toString();
  }
}
