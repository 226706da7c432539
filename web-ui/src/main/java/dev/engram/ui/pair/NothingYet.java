package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.format.Kind;
import dev.engram.ui.format.Names;
import dev.engram.ui.run.RunTable;
import dev.engram.v1.Run;
import java.util.List;

/** Stands where a result will be: what is under way, and the way to the form that starts it. */
final class NothingYet extends Div {

  NothingYet(PairRuns runs, Kind kind) {
    addClassName("card");
    List<Run> underWay = runs.measures(kind);
    add(new Paragraph("There is no " + kind.title() + " result of this pair yet."));
    if (!underWay.isEmpty()) {
      RunTable table = new RunTable("");
      table.show(underWay);
      add(table);
    }
    Anchor start = new Anchor("pairs/" + Names.id(runs.pair().getName()) + "/measure?kind=" + kind.filter(),
        "Start " + kind.title());
    start.setRouterIgnore(false);
    start.addClassName("button-link");
    Div action = new Div(start);
    add(action);
  }
}
