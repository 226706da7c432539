package dev.engram.ui.component;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.function.Consumer;

/** Moves through an answer that comes in pages, in both directions. */
public final class Pager extends Div {
  private final Button first = new Button("First page");
  private final Button previous = new Button("Previous page");
  private final Button next = new Button("Next page");
  private String previousValue = "";
  private String nextValue = "";

  /** @param open called with the URL's value of the page to open; empty for the first */
  public Pager(Consumer<String> open) {
    addClassName("pager");
    List.of(first, previous, next).forEach(button -> button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL));
    first.addClickListener(_ -> open.accept(""));
    previous.addClickListener(_ -> open.accept(previousValue));
    next.addClickListener(_ -> open.accept(nextValue));
    add(first, previous, next);
    setVisible(false);
  }

  /** @param trail to the page that is shown; @param nextToken token of the next page, empty on the last */
  public void show(PageTrail trail, String nextToken) {
    show(!trail.tokens().isEmpty(), trail.back().value(), nextToken.isEmpty() ? "" : trail.next(nextToken).value());
  }

  /**
   * For pages that are known by what the URL says of them.
   *
   * @param further whether this is not the first page
   * @param previous the URL's value of the page before; empty for the first
   * @param next that of the page after; empty on the last
   */
  public void show(boolean further, String previous, String next) {
    previousValue = previous;
    nextValue = next;
    first.setEnabled(further);
    this.previous.setEnabled(further);
    this.next.setEnabled(!next.isEmpty());
    setVisible(further || !next.isEmpty());
  }
}
