package dev.engram.ui.chart;

import dev.engram.v1.Interval;
import dev.engram.v1.TracedCrop;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Déjà vu score of each group of images before, without the traced images' units, and without random ones; with intervals. */
public final class TracedFigure {
  private static final List<String> STATES = List.of("before", "pruned", "random");
  private static final List<String> WORDS = List.of("before", "without their units", "without random units");

  private TracedFigure() {
  }

  public static FigureData of(String name, TracedCrop crop) {
    Csv csv = new Csv("group", "images", "state", "quantity", "value", "ci_low", "ci_high");
    for (TracedGroup group : crop.getGroupsList()) {
      group.getStatesList().forEach(state -> rows(csv, group, state));
      group.getDifferencesList().forEach(state -> rows(csv, group, state));
    }
    List<Object> series = new ArrayList<>();
    for (int i = 0; i < STATES.size(); i++) {
      List<Object> scores = new ArrayList<>();
      List<Object> intervals = new ArrayList<>();
      for (TracedGroup group : crop.getGroupsList()) {
        Interval score = group.getStates(i).getScore();
        intervals.add(List.of(scores.size(), percent(score.getCiLow()), percent(score.getCiHigh())));
        scores.add(percent(score.getValue()));
      }
      series.add(Map.of("type", "bar", "name", WORDS.get(i), "data", scores, "color", color(STATES.get(i)), "barGap", "12%"));
      series.add(Map.of("type", "custom", "name", WORDS.get(i), "renderItem", "shape:barInterval", "data", intervals, "color", Look.INK,
          "encode", Map.of("x", 0, "y", List.of(1, 2)), "tooltip", Map.of("show", false), "z", 4, "place", i, "count", STATES.size()));
    }
    return new FigureData(name, Look.option(Map.of("series", series,
        "legend", Look.legend(WORDS),
        "xAxis", Look.categories(crop.getGroupsList().stream().map(group -> words(group.getGroup()) + ", " + group.getImages()).toList(), Map.of()),
        "yAxis", Look.values("déjà vu score", Map.of("axisLabel", Map.of("color", Look.QUIET, "formatter", "{value} %"))))), csv.toString());
  }

  private static void rows(Csv csv, TracedGroup group, TracedState state) {
    for (Map.Entry<String, Interval> figure : List.of(
        Map.entry("target", state.getTarget()), Map.entry("reference", state.getReference()), Map.entry("score", state.getScore()))) {
      csv.row(List.of(group.getGroup(), group.getImages(), state.getState(), figure.getKey(), figure.getValue().getValue(),
          figure.getValue().getCiLow(), figure.getValue().getCiHigh()));
    }
  }

  private static String words(String group) {
    return group.equals("unseen") ? "not seen" : group;
  }

  private static String color(String state) {
    return switch (state) {
      case "before" -> Look.color("memorized");
      case "pruned" -> Look.color("shared");
      default -> Look.NULL;
    };
  }

  private static double percent(double share) {
    return Math.round(1000 * share) / 10.0;
  }
}
