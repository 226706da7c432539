package dev.engram.ui.component;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** Stands where a resource would be that a link names and that is not there, with the way to those that are. */
public final class Gone extends Div {

  /**
   * @param kind what it would be: {@code pair}
   * @param id of what is not there
   * @param all path of the page that lists those there are
   */
  public Gone(String kind, String id, String all) {
    addClassName("card");
    getElement().setAttribute("role", "alert");
    Anchor list = new Anchor(all, "See all " + kind + "s");
    list.setRouterIgnore(false);
    add(new Paragraph("There is no " + kind + " " + id + ": it was deleted, or there never was one of this name."), list);
  }
}
