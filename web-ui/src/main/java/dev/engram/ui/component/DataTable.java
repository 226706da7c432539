package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A plain HTML table. On a narrow screen each row becomes a card in which every value keeps its column's name.
 *
 * @param <T> what a row shows
 */
public final class DataTable<T> extends Div {
  private final List<Column<T>> columns = new ArrayList<>();
  private final NativeTable table = new NativeTable();
  private final NativeTableRow header = new NativeTableRow();
  private final NativeTableBody body = new NativeTableBody();
  private final Span empty = new Span();

  /** @param emptyText what is said when there is no row */
  public DataTable(String emptyText) {
    addClassName("data-table");
    table.getHead().add(header);
    table.add(body);
    empty.setText(emptyText);
    empty.addClassName("empty");
    empty.setVisible(false);
    add(table, empty);
  }

  /** Adds a column of text. */
  public DataTable<T> text(String title, Function<T, String> value) {
    return column(title, "", item -> new Span(value.apply(item)));
  }

  /** Adds a column of figures, aligned at the right. */
  public DataTable<T> figure(String title, Function<T, String> value) {
    return column(title, "figure", item -> new Span(value.apply(item)));
  }

  /** Adds a column of components. */
  public DataTable<T> component(String title, Function<T, Component> value) {
    return column(title, "", value);
  }

  /** Changes what is said when there is no row. */
  public void says(String emptyText) {
    empty.setText(emptyText);
  }

  /** Replaces all rows. */
  public void setItems(List<T> items) {
    body.removeAll();
    items.forEach(item -> body.add(row(item)));
    table.setVisible(!items.isEmpty());
    empty.setVisible(items.isEmpty());
  }

  private NativeTableRow row(T item) {
    NativeTableRow row = new NativeTableRow();
    for (Column<T> column : columns) {
      NativeTableCell cell = new NativeTableCell();
      cell.getElement().setAttribute("data-label", column.title);
      if (!column.style.isEmpty()) {
        cell.addClassName(column.style);
      }
      cell.add(column.value.apply(item));
      row.add(cell);
    }
    return row;
  }

  private DataTable<T> column(String title, String style, Function<T, Component> value) {
    columns.add(new Column<>(title, style, value));
    NativeTableHeaderCell cell = new NativeTableHeaderCell(title);
    cell.getElement().setAttribute("scope", "col");
    if (!style.isEmpty()) {
      cell.addClassName(style);
    }
    header.add(cell);
    return this;
  }

  private record Column<T>(String title, String style, Function<T, Component> value) {
  }
}
