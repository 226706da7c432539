package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import java.util.List;

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
    return caption.isEmpty() ? picture(url, title) : picture(url, title, new Span(caption));
  }

  /**
   * Adds a picture with several lines below.
   *
   * @param url where it is
   * @param title what is said on pointing and to those who do not see it
   * @param lines what stands below
   */
  public Gallery picture(String url, String title, Component... lines) {
    Image image = new Image(url, title);
    image.getElement().setAttribute("loading", "lazy");
    image.setTitle(title);
    Div frame = new Div(image);
    frame.addClassName("picture");
    frame.add(lines);
    add(frame);
    return this;
  }

  /**
   * Adds a picture that is a link.
   *
   * @param path of the page it opens
   */
  public Gallery linked(String url, String path, String title, Component... lines) {
    picture(url, title, lines);
    Div frame = (Div) getComponentAt(getComponentCount() - 1);
    Component image = frame.getComponentAt(0);
    Anchor link = new Anchor(path);
    link.setRouterIgnore(false);
    link.add(image);
    frame.addComponentAsFirst(link);
    return this;
  }

  /** A rectangle in a picture, each side as a share of it. */
  public record Frame(double left, double top, double right, double bottom) {
  }

  /** Adds a square picture with rectangles drawn into it. */
  public Gallery framed(String url, String title, List<Frame> frames) {
    Image image = new Image(url, title);
    image.getElement().setAttribute("loading", "lazy");
    image.setTitle(title);
    Div picture = new Div(image);
    picture.addClassName("picture");
    for (Frame frame : frames) {
      Div box = new Div();
      box.addClassName("box");
      box.getStyle().set("left", percent(frame.left())).set("top", percent(frame.top()))
          .set("width", percent(frame.right() - frame.left())).set("height", percent(frame.bottom() - frame.top()));
      picture.add(box);
    }
    add(picture);
    return this;
  }

  private static String percent(double share) {
    return Math.round(10_000 * share) / 100.0 + "%";
  }
}
