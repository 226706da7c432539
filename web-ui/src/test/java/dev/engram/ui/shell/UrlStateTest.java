package dev.engram.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.router.Location;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlStateTest {

  @Test
  void aStateIsReadFromAUrlAndChangedByName() {
    UrlState state = UrlState.of(new Location("pairs/demo/units?layer=layer2.relu&unit=7&page="));
    assertEquals("pairs/demo/units", state.path());
    assertEquals("layer2.relu", state.get("layer"));
    assertEquals(7, state.number("unit").orElseThrow());
    assertEquals("", state.get("page"));
    assertEquals(Map.of("layer", "prep.relu"), state.without("unit").with("layer", "prep.relu").values());
  }

  @Test
  void aNumberThatIsNoneIsAbsent() {
    UrlState state = new UrlState("x", Map.of("a", "-1", "b", "1e9", "c", "12345678901"));
    assertTrue(state.number("a").isEmpty() && state.number("b").isEmpty() && state.number("c").isEmpty() && state.number("d").isEmpty());
  }
}
