package dev.engram.ui.chart;

import dev.engram.v1.Agreement;
import dev.engram.v1.AgreementLayer;
import dev.engram.v1.LayerAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Which layers memorize the same images: a heat map of every layer with every other; between two runs a line by depth. */
public final class AgreementFigure {
  /** What is drawn of two layers. */
  public enum Shown {
    TAU("Kendall's tau, all images", -1, LayerAgreement::getTau),
    OVERLAP("Overlap of the top sets", 0, LayerAgreement::getOverlap),
    TAU_UNION("Kendall's tau, union of the top sets", -1, LayerAgreement::getTauUnion);

    private final String title;
    private final int least;
    private final ToDoubleFunction<LayerAgreement> value;

    Shown(String title, int least, ToDoubleFunction<LayerAgreement> value) {
      this.title = title;
      this.least = least;
      this.value = value;
    }

    public String title() {
      return title;
    }
  }

  private AgreementFigure() {
  }

  /** Every layer with every other of one run; a layer agrees with itself. */
  public static FigureData map(String name, Agreement agreement, Shown shown) {
    List<Object> cells = new ArrayList<>();
    for (int layer = 0; layer < agreement.getLayersCount(); layer++) {
      cells.add(List.of(layer, layer, 1));
    }
    for (LayerAgreement pair : agreement.getPairsList()) {
      Object value = cell(shown.value.applyAsDouble(pair));
      cells.add(List.of(pair.getFirst(), pair.getSecond(), value));
      cells.add(List.of(pair.getSecond(), pair.getFirst(), value));
    }
    List<String> layers = agreement.getLayersList().stream().map(AgreementLayer::getLayer).toList();
    int font = layers.size() > 24 ? 9 : 11;
    Map<String, Object> label = Map.of("color", Look.QUIET, "fontSize", font, "interval", layers.size() > 48 ? "auto" : 0);
    Map<String, Object> turned = Map.of("color", Look.QUIET, "fontSize", font, "interval", layers.size() > 48 ? "auto" : 0, "rotate", 60);
    return new FigureData(name, Look.option(Map.of(
        "legend", Map.of("show", false),
        "tooltip", Look.tooltip("item"),
        "grid", Map.of("left", 30, "right", 96, "top", 12, "bottom", 12, "containLabel", true),
        "visualMap", Map.of("min", shown.least, "max", 1, "calculable", true, "right", 0, "top", "middle", "itemHeight", 180, "precision", 2,
            "textStyle", Map.of("color", Look.QUIET), "text", List.of("alike", shown.least < 0 ? "opposite" : "nothing common"),
            "inRange", Map.of("color", shown.least < 0 ? List.of("var(--engram-below)", "var(--engram-middle)", "var(--engram-above)")
                : List.of(Look.SURFACE, "var(--engram-accent)", Look.INK))),
        "series", List.of(Map.of("type", "heatmap", "name", shown.title, "data", cells, "progressive", 0,
            "emphasis", Map.of("itemStyle", Map.of("borderColor", Look.INK, "borderWidth", 1)))),
        "xAxis", Look.categories(layers, Map.of("axisLabel", turned)),
        "yAxis", Look.categories(layers, Map.of("axisLabel", label)))), csv(agreement));
  }

  /** Each layer with the same layer of another run, by depth. */
  public static FigureData byDepth(String name, Agreement agreement) {
    List<Object> series = new ArrayList<>();
    int color = 0;
    for (Shown shown : Shown.values()) {
      series.add(Map.of("type", "line", "name", shown.title, "color", Look.color("#" + color++), "symbol", "circle", "symbolSize", 6,
          "data", agreement.getPairsList().stream().map(pair -> cell(shown.value.applyAsDouble(pair))).toList(), "lineStyle", Map.of("width", 2)));
    }
    List<String> layers = agreement.getPairsList().stream().map(pair -> agreement.getLayers(pair.getFirst()).getLayer()).toList();
    return new FigureData(name, Look.option(Map.of("series", series,
        "xAxis", Look.categories(layers, Map.of("axisLabel", Map.of("color", Look.QUIET, "rotate", 35, "interval", 0, "fontSize", layers.size() > 16 ? 9 : 11))),
        "yAxis", Look.values("", Map.of("max", 1)))), csv(agreement));
  }

  private static Object cell(double value) {
    return Double.isNaN(value) ? "-" : Math.round(1000 * value) / 1000.0;
  }

  private static String csv(Agreement agreement) {
    Csv csv = new Csv("first_layer", "second_layer", "images", "top", "common", "overlap", "tau", "p", "tau_union", "p_union", "union");
    agreement.getPairsList().forEach(pair -> csv.row(List.of(agreement.getLayers(pair.getFirst()).getLayer(),
        agreement.getLayers(pair.getSecond()).getLayer(), agreement.getImages(), agreement.getTop(), pair.getCommon(), pair.getOverlap(),
        pair.getTau(), pair.getP(), pair.getTauUnion(), pair.getPUnion(), pair.getUnion())));
    return csv.toString();
  }
}
