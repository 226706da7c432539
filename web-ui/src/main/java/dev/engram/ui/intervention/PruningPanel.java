package dev.engram.ui.intervention;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.PruningFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.PruningResult;
import dev.engram.v1.PruningResult.Point;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitPool;
import java.util.List;

/** Pruning curves: a figure for each split and pool by the linear probe, and every point of every curve as a table. */
final class PruningPanel extends Div {

  PruningPanel(String name, PruningResult result) {
    addClassName("stack");
    for (String split : result.getPointsList().stream().map(Point::getSplit).distinct().toList()) {
      for (UnitPool pool : result.getPointsList().stream().map(Point::getPool).distinct().toList()) {
        Figure figure = new Figure("Accuracy by the share of pruned units, one line a strategy").tall("22rem");
        figure.show(PruningFigure.of(name + "-" + Names.id(split) + "-" + Names.words(pool.name()).replace(' ', '-'), result, split, pool, false));
        add(new Section("On " + Names.id(split) + ", share of " + shareOf(pool), figure).explain(
            "Linear probe learned anew for every pruned encoder; bands are 95 % intervals over the draws. "
                + Numbers.count(result.getUnits(), "unit") + " of " + Numbers.count(result.getLayersCount(), "layer") + " were considered."));
      }
    }
    add(new Section("Every point", table(result.getPointsList())).explain("Mean of the trials ± half the width of its interval."));
  }

  private static DataTable<Point> table(List<Point> points) {
    DataTable<Point> table = new DataTable<Point>("No point.")
        .text("Split", point -> Names.id(point.getSplit())).text("Share of", point -> shareOf(point.getPool()))
        .text("Pruned", point -> PruningFigure.words(point.getStrategy()))
        .figure("Share", point -> Numbers.significant(100 * point.getShare()) + " %").figure("Units", point -> Numbers.significant(point.getPruned()))
        .figure("Linear", point -> words(point.getLinear())).figure("kNN", point -> words(point.getKnn()))
        .figure("Trials", point -> Numbers.count(point.getLinear().getTrials()));
    table.setItems(points);
    return table;
  }

  private static String shareOf(UnitPool pool) {
    return pool == UnitPool.UNIT_POOL_TOTAL ? "all units" : "each layer";
  }

  private static String words(TrialMean mean) {
    String value = Numbers.significant(100 * mean.getMean()) + " %";
    return mean.getTrials() < 2 ? value : value + " ± " + Numbers.significant(50 * (mean.getHigh() - mean.getLow()));
  }
}
