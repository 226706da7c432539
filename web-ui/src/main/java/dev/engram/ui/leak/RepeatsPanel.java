package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.RepeatFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.RepeatGap;
import dev.engram.v1.RepeatResponse;

/** What leaks of images by how often training saw them, and what every doubling adds. */
final class RepeatsPanel extends Div {

  /** @param file of the figure's exports, without ending */
  RepeatsPanel(String file, RepeatResponse repeats) {
    Figure figure = new Figure("Score by visits an epoch").tall(6 + 2 * repeats.getCountsCount() + "rem");
    figure.show(RepeatFigure.of(file, repeats.getCountsList()));
    DataTable<RepeatGap> table = new DataTable<RepeatGap>("No image is repeated.")
        .text("Visits an epoch", count -> Numbers.count(count.getRepeatCount()))
        .figure("Images", count -> Numbers.count(count.getImages()))
        .figure("Target", count -> Numbers.percent(count.getGap().getTarget()))
        .figure("Reference", count -> Numbers.percent(count.getGap().getReference()))
        .figure("Score", count -> Numbers.percent(count.getGap().getScore()))
        .figure("Memorized", count -> Numbers.percent(count.getMemorized()))
        .figure("Misrepresented", count -> Numbers.percent(count.getMisrepresented()));
    table.setItems(repeats.getCountsList());
    Paragraph doubling = new Paragraph("Every doubling of the visits adds " + Numbers.percent(repeats.getPerDoubling()) + " to the score.");
    doubling.addClassName("quiet");
    Div below = new Div(table, doubling);
    below.addClassName("stack-small");
    addClassName("stack");
    add(figure, below);
  }
}
