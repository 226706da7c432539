package dev.engram.ui.rpc;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;

/** How many first answers a component waits for: while there is one it is marked {@code aria-busy}, which the page shows after half a second. */
final class Waiting {
  private final Component owner;
  private int answers;

  private Waiting(Component owner) {
    this.owner = owner;
  }

  /** The one of this component, whatever asks for it. */
  static Waiting of(Component owner) {
    Waiting known = ComponentUtil.getData(owner, Waiting.class);
    if (known == null) {
      known = new Waiting(owner);
      ComponentUtil.setData(owner, Waiting.class, known);
    }
    return known;
  }

  /** One more is awaited; call the returned once it has come or is not awaited any more. */
  Runnable begin() {
    answers++;
    mark();
    boolean[] ended = new boolean[1];
    return () -> {
      if (!ended[0]) {
        ended[0] = true;
        answers--;
        mark();
      }
    };
  }

  private void mark() {
    if (answers > 0) {
      owner.getElement().setAttribute("aria-busy", "true");
      return;
    }
    owner.getElement().removeAttribute("aria-busy");
  }
}
