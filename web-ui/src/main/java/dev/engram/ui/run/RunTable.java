package dev.engram.ui.run;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.engram.v1.Run;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs as rows that are changed in place, so that a poll neither flickers nor moves the focus. */
public final class RunTable extends Div {
  private final NativeTable table = new NativeTable();
  private final NativeTableBody body = new NativeTableBody();
  private final Span empty = new Span();
  private final Map<String, RunRow> rows = new HashMap<>();
  private List<String> order = List.of();

  /** @param emptyText what is said when there is no run */
  public RunTable(String emptyText) {
    addClassNames("data-table", "run-table");
    NativeTableRow header = new NativeTableRow();
    for (String title : List.of("Run", "State", "Progress", "Started")) {
      NativeTableHeaderCell cell = new NativeTableHeaderCell(title);
      cell.getElement().setAttribute("scope", "col");
      header.add(cell);
    }
    table.getHead().add(header);
    table.add(body);
    empty.setText(emptyText);
    empty.addClassName("empty");
    empty.setVisible(false);
    add(table, empty);
    setVisible(false);
  }

  /** Shows these runs. */
  public void show(List<Run> runs) {
    List<String> names = runs.stream().map(Run::getName).toList();
    Instant now = Instant.now();
    if (!names.equals(order)) {
      body.removeAll();
      rows.keySet().retainAll(names);
      names.forEach(name -> body.add(rows.computeIfAbsent(name, _ -> new RunRow())));
      order = names;
    }
    runs.forEach(run -> rows.get(run.getName()).show(run, now));
    setVisible(true);
    table.setVisible(!runs.isEmpty());
    empty.setVisible(runs.isEmpty());
  }
}
