package dev.engram.ui.run;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.LossFigure;
import dev.engram.ui.format.Names;
import dev.engram.v1.MetricSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run recorded over its steps, one figure a measure. Series named {@code measure/which}, as those of online probes at several
 * layers, share one figure.
 */
public final class Curves extends Div {
  private final Map<String, Figure> plots = new LinkedHashMap<>();

  public Curves() {
    addClassName("curves");
  }

  /** Shows these series; figures that are there already are changed in place. */
  public void show(String name, List<MetricSeries> all) {
    groups(all).forEach((measure, series) -> plots.computeIfAbsent(measure, this::plot)
        .show(LossFigure.of(name + "-" + measure, measure, lines(measure, series))));
  }

  /** Whether there is anything to see. */
  public boolean empty() {
    return plots.isEmpty();
  }

  /** Takes all figures away. */
  public void clear() {
    plots.clear();
    removeAll();
  }

  /** Series by their measure, the loss first, else in the order of their coming. That nothing collapsed needs no figure. */
  static Map<String, List<MetricSeries>> groups(List<MetricSeries> all) {
    Map<String, List<MetricSeries>> groups = new LinkedHashMap<>();
    all.stream().filter(series -> series.getName().equals("loss")).forEach(series -> groups.put("loss", new ArrayList<>()));
    for (MetricSeries series : all) {
      if (series.getName().equals("collapsed") && series.getValuesList().stream().allMatch(value -> value == 0)) {
        continue;
      }
      int slash = series.getName().indexOf('/');
      groups.computeIfAbsent(slash < 0 ? series.getName() : series.getName().substring(0, slash), _ -> new ArrayList<>()).add(series);
    }
    return groups;
  }

  private static List<LossFigure.Line> lines(String measure, List<MetricSeries> series) {
    if (series.size() == 1 && series.getFirst().getName().equals(measure)) {
      return List.of(new LossFigure.Line(Names.measure(measure), "", series.getFirst()));
    }
    List<LossFigure.Line> lines = new ArrayList<>();
    for (MetricSeries one : series) {
      lines.add(new LossFigure.Line(one.getName().substring(Math.min(one.getName().length(), measure.length() + 1)), "#" + lines.size(), one));
    }
    return lines;
  }

  private Figure plot(String measure) {
    Figure figure = new Figure(Names.measure(measure) + " over steps").tall("15rem");
    Div box = new Div(figure);
    box.addClassName("plot-box");
    add(box);
    return figure;
  }
}
