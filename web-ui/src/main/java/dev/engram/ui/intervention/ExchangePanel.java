package dev.engram.ui.intervention;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.chart.ExchangeFigure;
import dev.engram.ui.chart.ExchangeFigure.Score;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.ExchangeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An exchange sweep: singles as bars, pairs as heat maps, every set as a table, most costly first. */
final class ExchangePanel extends Div {
  private static final int MOST_ROWS = 200;

  ExchangePanel(String name, ExchangeResult result) {
    addClassName("stack");
    Figure singles = new Figure("Accuracy with one layer exchanged, most costly first").tall("22rem");
    singles.show(ExchangeFigure.singles(name + "-singles", result));
    add(new Section("Single layers", singles).explain(heads(result)));
    if (!ExchangeFigure.byDrop(result, 2).isEmpty()) {
      for (Score score : ExchangeFigure.scores(result)) {
        if (score == Score.OTHER) {
          continue;
        }
        Figure pairs = new Figure("Accuracy with two layers exchanged").tall(Math.max(360, 26 * result.getLayersCount() + 120) + "px");
        pairs.show(ExchangeFigure.pairs(name + "-pairs-" + score.name().toLowerCase(Locale.ROOT), result, score));
        add(new Section("Pairs of layers: " + score.title(), pairs).explain("Single layers on the diagonal; darker is lower."));
      }
    }
    add(new Section("Every set", table(result)).explain("Most costly on the source's data first" + (rows(result).size() > MOST_ROWS
        ? ", the first " + MOST_ROWS + "; all are in exchange.csv of the run's result." : ".")));
  }

  private static String heads(ExchangeResult result) {
    return "The probe is learned anew on each data set; the source's head is learned on the source's and scored on "
        + Numbers.count(result.getMatchedImages()) + " of " + Numbers.count(result.getOtherImages(), "image")
        + " of the other's, whose classes it knows.";
  }

  private static List<ExchangeResult.Set> rows(ExchangeResult result) {
    List<ExchangeResult.Set> rows = new ArrayList<>();
    ExchangeFigure.unchanged(result).ifPresent(rows::add);
    rows.addAll(ExchangeFigure.byDrop(result, 0));
    return rows;
  }

  private static DataTable<ExchangeResult.Set> table(ExchangeResult result) {
    DataTable<ExchangeResult.Set> table = new DataTable<ExchangeResult.Set>("No set.")
        .text("Layers", set -> set.getLayersCount() == 0 ? "none" : String.join(", ", set.getLayersList()));
    if (result.getSetsList().stream().anyMatch(set -> set.getNamesCount() > 0)) {
      table.text("Named", set -> String.join(", ", set.getNamesList()));
    }
    for (Score score : ExchangeFigure.scores(result)) {
      table.figure(score.title(), set -> Double.isNaN(score.of(set)) ? "" : Numbers.percent(score.of(set)));
    }
    table.setItems(rows(result).stream().limit(MOST_ROWS).toList());
    return table;
  }
}
