package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.AccuracyGap;
import dev.engram.v1.OverPairs;
import java.util.ArrayList;
import java.util.List;

/** The same attack against several pairs of one recipe, and their mean. */
final class OverPairsTable extends Div {

  OverPairsTable(OverPairs pairs) {
    DataTable<Row> table = new DataTable<Row>("There is one pair only.")
        .text("Pair", Row::name)
        .figure("Target", row -> Numbers.percent(row.gap.getTarget()))
        .figure("Reference", row -> Numbers.percent(row.gap.getReference()))
        .figure("Score", row -> Numbers.percent(row.gap.getScore()));
    List<Row> rows = new ArrayList<>();
    pairs.getPairsList().forEach(pair -> rows.add(new Row(Names.id(pair.getPair()), pair.getGap())));
    rows.add(new Row("mean over " + Numbers.count(pairs.getPairsCount(), "pair"), pairs.getMean()));
    table.setItems(rows);
    Paragraph spread = new Paragraph("The score differs between pairs by " + Numbers.percent(pairs.getDeviation())
        + " (standard deviation). The mean's interval is over trainings and images; with few pairs it is rather too narrow.");
    spread.addClassName("quiet");
    addClassName("stack-small");
    add(table, spread);
  }

  private record Row(String name, AccuracyGap gap) {
  }
}
