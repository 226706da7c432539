package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** A titled part of a page, on a card. */
public final class Section extends com.vaadin.flow.component.html.Section {
  private final Div actions = new Div();
  private final Paragraph explanation = new Paragraph();
  private final Div content = new Div();

  public Section(String title, Component... components) {
    addClassName("card");
    H2 heading = new H2(title);
    Div head = new Div(heading, actions);
    head.addClassName("card-head");
    actions.addClassName("actions");
    explanation.addClassName("explain");
    explanation.setVisible(false);
    content.addClassName("card-content");
    content.add(components);
    add(head, explanation, content);
  }

  /** Says in a sentence what the part shows. */
  public Section explain(String sentence) {
    explanation.setText(sentence);
    explanation.setVisible(!sentence.isEmpty());
    return this;
  }

  /** Adds buttons or links at the right of the title. */
  public Section actions(Component... components) {
    actions.add(components);
    return this;
  }

  /** Adds to what the part shows. */
  public void append(Component... components) {
    content.add(components);
  }

  /** Replaces what the part shows. */
  public void setContent(Component... components) {
    content.removeAll();
    content.add(components);
  }
}
