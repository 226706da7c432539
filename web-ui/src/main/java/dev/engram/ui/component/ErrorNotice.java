package dev.engram.ui.component;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.engram.ui.rpc.Failure;
import java.util.List;

/** The one place where a page says what went wrong. Hidden while nothing did. */
public final class ErrorNotice extends Div {

  public ErrorNotice() {
    addClassName("error-notice");
    getElement().setAttribute("role", "alert");
    setVisible(false);
  }

  /** Shows a failure of a call that is not repeated. */
  public void show(Failure failure) {
    show(failure, "");
  }

  /** Shows a failure of a call that is repeated until it succeeds. */
  public void showRetrying(Failure failure) {
    show(failure, failure.transientFailure() ? " Trying again…" : "");
  }

  /** Shows problems found without asking a service. */
  public void show(String message, List<String> details) {
    removeAll();
    add(new Span(message));
    if (!details.isEmpty()) {
      UnorderedList list = new UnorderedList();
      details.forEach(detail -> list.add(new ListItem(detail)));
      add(list);
    }
    setVisible(true);
  }

  /** Says nothing any more. */
  public void clear() {
    if (isVisible()) {
      removeAll();
      setVisible(false);
    }
  }

  private void show(Failure failure, String after) {
    show(failure.message() + after, failure.violations().stream()
        .map(violation -> violation.getField() + ": " + violation.getDescription()).toList());
  }
}
