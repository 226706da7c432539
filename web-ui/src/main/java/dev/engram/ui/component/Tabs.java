package dev.engram.ui.component;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import java.util.Map;

/** Links between the parts of a page, the open one marked. */
public final class Tabs extends Nav {
  /** Where there is no room for all of them, the open one is brought into sight, once there is a layout. */
  private static final String IN_SIGHT = """
      const all = this.parentElement;
      new ResizeObserver((_, sizes) => {
        if (all.clientWidth > 0) {
          sizes.disconnect();
          all.scrollLeft = this.offsetLeft + this.offsetWidth / 2 - all.clientWidth / 2;
        }
      }).observe(all);
      """;

  public Tabs(String label) {
    addClassName("tabs");
    getElement().setAttribute("aria-label", label);
  }

  /**
   * Shows these links.
   *
   * @param titles title by path, in order
   * @param open path of the part that is open
   */
  public void show(Map<String, String> titles, String open) {
    removeAll();
    titles.forEach((path, title) -> {
      Anchor link = new Anchor(path, title);
      link.setRouterIgnore(false);
      if (path.equals(open)) {
        link.getElement().setAttribute("aria-current", "page");
        link.getElement().executeJs(IN_SIGHT);
      }
      add(link);
    });
  }
}
