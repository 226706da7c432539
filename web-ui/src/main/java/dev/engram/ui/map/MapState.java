package dev.engram.ui.map;

import dev.engram.ui.shell.UrlState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a map shows, as the URL says it.
 *
 * @param lens what it is colored by
 * @param shown which modules have a line
 * @param layer path of the chosen layer; empty for none
 */
record MapState(Lens lens, MapRows.Shown shown, String layer) {

  /** @param lenses those there are; the first is the usual one */
  static MapState of(UrlState url, List<Lens> lenses) {
    return new MapState(lenses.stream().filter(lens -> lens.id().equals(url.get("measure"))).findFirst().orElse(lenses.getFirst()),
        Arrays.stream(MapRows.Shown.values()).filter(shown -> id(shown).equals(url.get("rows"))).findFirst().orElse(MapRows.Shown.USUAL),
        url.get("layer"));
  }

  static String id(MapRows.Shown shown) {
    return shown.name().toLowerCase(Locale.ROOT);
  }

  /** What the lens says of the layers that have a line. */
  List<Reading> readings(Measured measured) {
    return MapRows.shown(lens, lens.readings(measured, shown != MapRows.Shown.USUAL), shown);
  }
}
