package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** A titled part of a page, on a card. */
public final class Section extends com.vaadin.flow.component.html.Section {
  private final Div head = new Div();
  private final Div actions = new Div();

  public Section(String title, Component... content) {
    addClassName("card");
    head.addClassName("card-head");
    actions.addClassName("actions");
    head.add(new H2(title), actions);
    add(head);
    add(content);
  }

  /** Adds a sentence that says what the part shows. */
  public Section explain(String sentence) {
    Paragraph paragraph = new Paragraph(sentence);
    paragraph.addClassName("explain");
    addComponentAtIndex(1, paragraph);
    return this;
  }

  /** Adds buttons or links at the right of the title. */
  public Section actions(Component... components) {
    actions.add(components);
    return this;
  }
}
