package dev.engram.ui.encoder;

import com.vaadin.flow.component.html.Span;

/** Says that an encoder maps nearly all images to one point or one line. */
public final class CollapsedBadge extends Span {

  public CollapsedBadge() {
    super("collapsed");
    addClassName("badge-warning");
    setTitle("The embeddings of different images are nearly one point, or one line: the features tell images hardly apart.");
  }
}
