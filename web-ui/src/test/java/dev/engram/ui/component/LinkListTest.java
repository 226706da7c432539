package dev.engram.ui.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeDetails;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkListTest {

  @Test
  void manyLinksAreFoldedAndNoneIsLost() {
    LinkList list = new LinkList(links(80), "none");
    assertEquals(LinkList.AT_ONCE + 1, list.getComponentCount());
    NativeDetails others = assertInstanceOf(NativeDetails.class, list.getComponentAt(LinkList.AT_ONCE));
    assertEquals("and 68 more", others.getSummaryText());
    assertEquals(68, others.getContent().getChildren().count());
  }

  @Test
  void nothingIsFoldedForASingleLink() {
    assertEquals(LinkList.AT_ONCE + 1, new LinkList(links(LinkList.AT_ONCE + 1), "none").getChildren().filter(child -> !(child instanceof NativeDetails)).count());
  }

  @Test
  void thatThereIsNoneIsSaid() {
    assertEquals("no run yet", new LinkList(List.of(), "no run yet").getText());
  }

  private static List<Component> links(int count) {
    return IntStream.range(0, count).mapToObj(i -> Links.to("runs/r" + i)).toList();
  }
}
