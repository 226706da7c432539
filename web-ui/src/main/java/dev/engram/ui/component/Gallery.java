package dev.engram.ui.component;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;

/** Pictures side by side. */
public final class Gallery extends Div {

  public Gallery() {
    addClassName("gallery");
  }

  /**
   * Adds a picture.
   *
   * @param url where it is
   * @param caption what stands below; nothing if empty
   * @param title what is said on pointing and to those who do not see it
   */
  public Gallery picture(String url, String caption, String title) {
    Image image = new Image(url, title);
    image.getElement().setAttribute("loading", "lazy");
    image.setTitle(title);
    Div frame = new Div(image);
    frame.addClassName("picture");
    if (!caption.isEmpty()) {
      frame.add(new Span(caption));
    }
    add(frame);
    return this;
  }
}
