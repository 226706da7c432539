package dev.engram.ui.map;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ModuleNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of a map, exact, one row a layer. */
final class MapTable extends Div {
  private final UrlState url;

  MapTable(Measured one, Optional<Measured> other, MapState state, UrlState url) {
    this.url = url;
    ModuleNode root = one.measures().encoder().getArchitecture().getRoot();
    Map<String, Double> beside = other.stream().flatMap(measured -> state.readings(measured).stream())
        .collect(Collectors.toMap(Reading::path, Reading::value, (first, _) -> first));
    DataTable<Reading> table = new DataTable<Reading>("No layer has a value.")
        .component("Layer", this::link)
        .text("Kind", reading -> reading.point().isEmpty() ? kind(root, reading.path()) : reading.point())
        .figure(other.isEmpty() ? "Value" : Names.id(one.encoder()), reading -> exact(reading.value()));
    other.ifPresent(measured -> table
        .figure(Names.id(measured.encoder()), reading -> beside.containsKey(reading.path()) ? exact(beside.get(reading.path())) : "")
        .figure("Difference", reading -> beside.containsKey(reading.path()) ? exact(reading.value() - beside.get(reading.path())) : ""));
    if (state.readings(one).stream().anyMatch(reading -> reading.low().isPresent())) {
      table.text("95 % interval", reading -> reading.low().isEmpty() ? ""
          : exact(reading.low().getAsDouble()) + " to " + exact(reading.high().getAsDouble()));
    }
    table.setItems(state.readings(one));
    addClassName("map-table");
    add(new Section("Exact figures", table).explain(state.lens().title() + " of " + Numbers.count(state.readings(one).size(), "layer")
        + sample(one.sample(state.lens().kind())) + "."));
  }

  /** Four digits after the point, with a true minus. */
  static String exact(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return (text.equals("-0.0000") ? "0.0000" : text).replace('-', '−');
  }

  private static String sample(String words) {
    return words.isEmpty() ? "" : "; " + words;
  }

  private static String kind(ModuleNode root, String path) {
    return MapRows.find(root, path).map(node -> node.getKind().replace('_', ' ')).orElse("");
  }

  private Anchor link(Reading reading) {
    Anchor link = new Anchor(url.without("unit", "page", "image").with("layer", reading.path()).href(), reading.path());
    link.setRouterIgnore(false);
    return link;
  }
}
