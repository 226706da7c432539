package dev.engram.ui.map;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.shell.UrlState;

/** Where in a map one is, from the whole network to an image, each step the way back to it. */
final class Trail extends Nav {

  Trail(UrlState url) {
    addClassName("trail");
    getElement().setAttribute("aria-label", "Chosen in the map");
    UrlState network = url.without("layer", "unit", "page", "image");
    UrlState layer = url.without("unit", "image");
    UrlState unit = url.without("image");
    step(network, "Network");
    if (!url.get("layer").isEmpty()) {
      step(layer, url.get("layer"));
    }
    if (!url.get("layer").isEmpty() && !url.get("unit").isEmpty()) {
      step(unit, "unit " + url.get("unit"));
    }
    if (!url.get("image").isEmpty()) {
      step(url, "image " + url.get("image"));
    }
    getComponentAt(getComponentCount() - 1).getElement().setAttribute("aria-current", "location");
  }

  private void step(UrlState state, String words) {
    Anchor link = new Anchor(state.href(), words);
    link.setRouterIgnore(false);
    add(new Span(link));
  }
}
