package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** Top of a page: title, one line that says what is seen, actions. */
public final class PageHeader extends Header {
  private final H1 title = new H1();
  private final Paragraph line = new Paragraph();
  private final Div beside = new Div();
  private final Div actions = new Div();

  public PageHeader(String title, String line) {
    addClassName("page-header");
    beside.addClassName("beside");
    actions.addClassName("actions");
    this.line.addClassName("explain");
    beside.add(this.title);
    Div words = new Div(beside, this.line);
    add(words, actions);
    setTitle(title);
    setLine(line);
  }

  public void setTitle(String text) {
    title.setText(text);
  }

  /** Sets the line under the title; none if empty. */
  public void setLine(String text) {
    line.setText(text);
    line.setVisible(!text.isEmpty());
  }

  /** Adds something small right of the title. */
  public PageHeader beside(Component... components) {
    beside.add(components);
    return this;
  }

  /** Adds buttons at the right end. */
  public PageHeader actions(Component... components) {
    actions.add(components);
    return this;
  }
}
