package dev.engram.ui.component;

import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Names;
import dev.engram.v1.Run;

/** A run's state: word and color, and what was asked for but is not reached yet. */
public final class StateBadge extends Span {

  public StateBadge() {
    addClassName("state");
  }

  public StateBadge(Run run) {
    this();
    show(run);
  }

  /** Shows the state of this run. */
  public void show(Run run) {
    setText(text(run));
    getElement().setAttribute("data-state", run.getState().name());
  }

  static String text(Run run) {
    return switch (run.getRequestedState()) {
      case CANCELLED -> "cancelling";
      case PAUSED -> "pausing";
      case STATE_UNSPECIFIED, QUEUED, RUNNING, SUCCEEDED, FAILED, LOST, UNRECOGNIZED -> Names.words(run.getState().name());
    };
  }
}
