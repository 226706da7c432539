package dev.engram.ui.component;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import java.util.function.Consumer;

/**
 * Moves through an answer that comes in pages. A page is known by the token that fetches it, so only the first page and the
 * next one can be reached from here; the browser's back button reaches those before.
 */
public final class Pager extends Div {
  private final Button first = new Button("First page");
  private final Button next = new Button("Next page");
  private String nextToken = "";

  /** @param open called with the token of the page to open; empty for the first */
  public Pager(Consumer<String> open) {
    addClassName("pager");
    first.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    next.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    first.addClickListener(_ -> open.accept(""));
    next.addClickListener(_ -> open.accept(nextToken));
    add(first, next);
    setVisible(false);
  }

  /** @param token token of the page that is shown; @param nextToken that of the next, empty on the last */
  public void show(String token, String nextToken) {
    this.nextToken = nextToken;
    first.setEnabled(!token.isEmpty());
    next.setEnabled(!nextToken.isEmpty());
    setVisible(first.isEnabled() || next.isEnabled());
  }
}
