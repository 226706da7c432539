package dev.engram.ui.trace;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.ListOwnedUnitsResponse;
import dev.engram.v1.OwnedLayer;
import dev.engram.v1.OwnedUnit;

/** The units that images own, by layer, and one by one. */
final class OwnedUnitsTable extends Div {
  private static final int SHOWN = 30;

  /** @param images number of images that were asked for */
  OwnedUnitsTable(ListOwnedUnitsResponse units, int images) {
    addClassName("stack-small");
    DataTable<OwnedLayer> layers = new DataTable<OwnedLayer>("No layer can be pruned.")
        .text("Layer", OwnedLayer::getLayer)
        .text("Read at", OwnedLayer::getTap)
        .figure("Owned", layer -> Numbers.count(layer.getOwned()))
        .figure("of", layer -> Numbers.count(layer.getUnits(), "unit"))
        .figure("by", layer -> Numbers.count(layer.getOwners(), "image"));
    layers.setItems(units.getLayersList());
    DataTable<OwnedUnit> single = new DataTable<OwnedUnit>("They own no such unit.")
        .text("Layer", OwnedUnit::getLayer)
        .figure("Unit", unit -> Numbers.count(unit.getUnit()))
        .figure("UnitMem", unit -> Numbers.score(unit.getUnitMem()))
        .figure("before training", unit -> Numbers.score(unit.getNullUnitMem()));
    if (images > 1) {
      single.figure("Owner", unit -> "image " + unit.getImageId());
    }
    single.figure("Images sharing the maximum", unit -> Numbers.count(unit.getTies()));
    single.setItems(units.getUnitsList().subList(0, Math.min(SHOWN, units.getUnitsCount())));
    Paragraph total = new Paragraph(Numbers.count(units.getOwned()) + " of " + Numbers.count(units.getConsidered(), "unit") + " are theirs: no other image drives them more."
        + (units.getOwned() > SHOWN ? " Below, the " + SHOWN + " with the highest UnitMem." : ""));
    total.addClassName("quiet");
    add(total, layers, single);
  }
}
