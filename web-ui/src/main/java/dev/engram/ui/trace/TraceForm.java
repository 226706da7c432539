package dev.engram.ui.trace;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CreateTracedPruningRequest;
import dev.engram.v1.OwnedLayer;
import dev.engram.v1.Run;
import dev.engram.v1.TracedPruningPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks which of the units that images own are pruned, and beside how many controls. Knows no service. */
final class TraceForm extends Div {
  final Fields which = new Fields();
  final Select<Run> unitMem = which.choice("plan.unit_mem", "By this UnitMem", List.of(), null, "whose encoder is pruned");
  final IntegerField mostImages = which.whole("plan.most_images", "Images at most", null, "empty: all that are memorized; the most convincing first");
  final NumberField least = which.decimal("plan.least_unit_mem", "UnitMem at least", null, "0 to 1; empty: every unit they own");
  final IntegerField mostUnits = which.whole("plan.most_units", "Units at most", null, "empty: all; the highest UnitMem first");
  final MultiSelectComboBox<String> layers = which.several("plan.layers", "Layers", List.of(), Set.of(), "empty: all that are usually pruned");
  final Fields how = new Fields();
  final IntegerField controls = how.whole("plan.controls", "Random controls", 3, "encoders with as many other units of each layer pruned, 1 to 8");
  final IntegerField seed = how.whole("plan.seed", "Seed of the controls", 0, "");
  final TextField runId = how.text("run_id", "Name", "", "Made up if empty, at most 32 characters; what is made is called name-pruned and so on");

  TraceForm() {
    unitMem.setItemLabelGenerator(run -> run == null ? "" : Names.id(run.getName()) + (run.getSpec().getUnitMem().getReference() ? ", of g" : ", of f"));
    add(which);
  }

  /** Takes over what a URL says; choices must have been offered before. */
  void read(UrlState url) {
    mostImages.setVisible(url.get("image").isEmpty());
    mostImages.setValue(url.number("images").isPresent() ? url.number("images").getAsInt() : null);
    mostUnits.setValue(url.number("most").isPresent() ? url.number("most").getAsInt() : null);
    least.setValue(url.get("least").matches("[0-9]*\\.?[0-9]+") ? Double.valueOf(url.get("least")) : null);
    Set<String> named = Stream.of(url.get("layers").split(",")).filter(layer -> !layer.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
    layers.setItems(named);
    layers.setValue(named);
  }

  /** The URL that says what the form does. */
  UrlState write(UrlState url) {
    return url.with("units", unitMem.getValue() == null ? "" : Names.id(unitMem.getValue().getName()))
        .with("images", mostImages.getValue() == null ? "" : String.valueOf(mostImages.getValue()))
        .with("least", least.getValue() == null ? "" : String.valueOf(least.getValue()))
        .with("most", mostUnits.getValue() == null ? "" : String.valueOf(mostUnits.getValue()))
        .with("layers", String.join(",", layers.getValue()));
  }

  /** Offers runs, those first that are newest; the one of the URL is chosen if it is among them. */
  void offer(List<Run> runs, String chosen) {
    unitMem.setItems(runs);
    runs.stream().filter(run -> Names.id(run.getName()).equals(chosen)).findFirst().or(() -> runs.stream().findFirst()).ifPresent(unitMem::setValue);
  }

  /** Offers the layers there are, and keeps those that are chosen. */
  void offerLayers(List<OwnedLayer> found) {
    Set<String> chosen = layers.getValue();
    Set<String> all = new LinkedHashSet<>(found.stream().map(OwnedLayer::getLayer).toList());
    all.addAll(chosen);
    layers.setItems(all);
    layers.setValue(chosen);
  }

  CreateTracedPruningRequest request(UrlState url) {
    TracedPruningPlan.Builder plan = TracedPruningPlan.newBuilder().setDejaVu("runs/" + url.get("attack")).setCrop(url.number("crop").orElse(0))
        .setUnitMem(unitMem.getValue() == null ? "" : unitMem.getValue().getName()).setLeastUnitMem(Fields.or(least, 0.0))
        .setMostUnits(Fields.or(mostUnits, 0)).addAllLayers(layers.getValue()).setControls(Fields.or(controls, 0)).setSeed(Fields.or(seed, 0));
    if (url.number("image").isPresent()) {
      plan.addImages(url.number("image").getAsInt());
    } else {
      plan.setMostImages(Fields.or(mostImages, 0));
    }
    return CreateTracedPruningRequest.newBuilder().setRunId(runId.getValue().strip()).setPlan(plan).build();
  }
}
