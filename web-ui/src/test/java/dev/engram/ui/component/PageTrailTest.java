package dev.engram.ui.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTrailTest {

  @Test
  void leadsForwardAndBackAgain() {
    PageTrail third = PageTrail.of("").next("a").next("b");
    assertEquals("b", third.token());
    assertEquals("a", third.back().token());
    assertEquals("", third.back().back().token());
    assertEquals("", third.back().back().value());
    assertEquals(third, PageTrail.of(third.value()));
  }

  @Test
  void anyTokenSurvivesTheUrl() {
    PageTrail trail = PageTrail.of("").next("a.b%2E c/ü&=").next("MTI.");
    assertEquals(trail, PageTrail.of(trail.value()));
    assertEquals(List.of("100%"), PageTrail.of("100%").tokens());
  }

  @Test
  void aLongWayForgetsItsBeginning() {
    PageTrail trail = PageTrail.of("");
    for (int i = 0; i < 100; i++) {
      trail = trail.next("t" + i);
    }
    assertEquals(PageTrail.MOST, trail.tokens().size());
    assertEquals("t99", trail.token());
    assertEquals("t98", trail.back().token());
  }
}
