package dev.engram.ui.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.vaadin.flow.component.html.Div;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Div page = new Div();

  @Test
  void aPageIsBusyUntilTheLastAnswerHasCome() {
    Runnable first = Waiting.of(page).begin();
    Runnable second = Waiting.of(page).begin();
    first.run();
    first.run();
    assertEquals("true", page.getElement().getAttribute("aria-busy"), "an answer counts once");
    second.run();
    assertFalse(page.getElement().hasAttribute("aria-busy"));
  }
}
