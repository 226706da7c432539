package dev.engram.ui.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.format.Names;

/** Links to pages, of resources by their names. */
public final class Links {

  private Links() {
  }

  /** A link to the page of any resource, its id as text; plain text if it has no page. */
  public static Component to(String resource) {
    return to(resource, Names.collection(resource).equals("artifacts") ? Names.shortDigest(resource) : Names.id(resource));
  }

  /** A link to the page of any resource. */
  public static Component to(String resource, String text) {
    String path = path(resource);
    if (path.isEmpty()) {
      return new Span(text);
    }
    Anchor link = new Anchor(path, text);
    link.setRouterIgnore(false);
    return link;
  }

  /** A link to another of Engram's pages that looks like a button. */
  public static Anchor button(String path, String text, boolean secondary) {
    Anchor link = new Anchor(path, text);
    link.setRouterIgnore(false);
    link.addClassName("button-link");
    if (secondary) {
      link.addClassName("secondary");
    }
    return link;
  }

  /** Path of a resource's page; empty if it has none. */
  public static String path(String resource) {
    String id = Names.id(resource);
    return switch (Names.collection(resource)) {
      case "runs" -> "runs/" + id;
      case "splits" -> "splits/" + id;
      case "encoders" -> "encoders/" + id;
      case "datasets" -> "data/" + id;
      case "pairs" -> "pairs/" + id;
      case "artifacts" -> "artifacts/" + id;
      default -> "";
    };
  }
}
