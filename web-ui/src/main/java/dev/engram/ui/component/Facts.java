package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;

/** Names and values, side by side. */
public final class Facts extends DescriptionList {

  public Facts() {
    addClassName("facts");
  }

  /** Adds a value in words. */
  public Facts add(String name, String value) {
    return add(name, new Span(value));
  }

  /** Adds a value that is a component, e.g. a link. */
  public Facts add(String name, Component value) {
    add(new Term(name), new Description(value));
    return this;
  }
}
