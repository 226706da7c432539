package dev.engram.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a page shows, as its URL says it: the path and one value for each name. A page changes its state by opening another
 * URL, so that every state can be linked to and the browser's back button works.
 *
 * @param path path of the page, without query
 * @param values values by name; a name with no value is absent
 */
public record UrlState(String path, Map<String, String> values) {

  public UrlState {
    values = Map.copyOf(values);
  }

  /** Reads a state out of a location. */
  public static UrlState of(Location location) {
    Map<String, String> values = new LinkedHashMap<>();
    location.getQueryParameters().getParameters().forEach((name, all) -> {
      if (!all.isEmpty() && !all.getFirst().isEmpty()) {
        values.put(name, all.getFirst());
      }
    });
    return new UrlState(location.getPath(), values);
  }

  /** Value of this name; empty if there is none. */
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Value of this name as a whole number, if it is one of at least 0. */
  public OptionalInt number(String name) {
    String value = get(name);
    return value.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(value)) : OptionalInt.empty();
  }

  /** This state with another value for a name; an empty value removes it. */
  public UrlState with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    if (value == null || value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new UrlState(path, changed);
  }

  /** This state without a value for these names. */
  public UrlState without(String... names) {
    UrlState changed = this;
    for (String name : names) {
      changed = changed.with(name, "");
    }
    return changed;
  }

  /** The page in this state, as a link has it. */
  public String href() {
    return values.isEmpty() ? path : path + "?" + QueryParameters.simple(values).getQueryString();
  }

  /** Opens the page in this state. */
  public void open() {
    UI.getCurrent().navigate(path, QueryParameters.simple(values));
  }
}
