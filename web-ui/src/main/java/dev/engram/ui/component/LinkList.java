package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Numbers;
import java.util.List;

/** Links beside each other: the first of many, the others on demand, so that what much was made of does not hide the rest of its page. */
public final class LinkList extends Span {
  /** How many are seen at once. */
  static final int AT_ONCE = 12;

  /** @param none what is said when there is no link */
  public LinkList(List<? extends Component> links, String none) {
    if (links.isEmpty()) {
      setText(none);
      addClassName("default");
      return;
    }
    addClassName("link-list");
    int shown = links.size() <= AT_ONCE + 1 ? links.size() : AT_ONCE;
    links.subList(0, shown).forEach(this::add);
    if (shown < links.size()) {
      Span others = new Span();
      others.addClassName("link-list");
      links.subList(shown, links.size()).forEach(others::add);
      add(new NativeDetails("and " + Numbers.count(links.size() - shown) + " more", others));
    }
  }
}
