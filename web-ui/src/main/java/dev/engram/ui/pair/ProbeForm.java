package dev.engram.ui.pair;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Corruptions;
import dev.engram.ui.form.Fields;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.MeasurePreset;
import dev.engram.v1.ProbeSpec;
import java.util.Arrays;
import java.util.Set;

/** Asks for a linear and a kNN probe of both encoders. */
final class ProbeForm extends MeasureForm {
  final IntegerField k = fields.whole("k", "Neighbors of the kNN probe", 20, "1 to the public set's size");
  final TextField split = fields.text("split", "Split of another data set", "", "empty: the pair's own; learns on its public set, scored on its external points");
  final TextField layers = fields.text("layers", "Layers beside the output", "", "paths, separated by commas; * is every layer, the projector's too");
  final MultiSelectComboBox<String> corruptions = fields.several("corruptions", "Also on corrupted images", Corruptions.ALL, Set.of(), "in five severities");
  final Checkbox statistics = fields.check("statistics", "RankMe, sparsity, binarized features", false);

  ProbeForm() {
    corruptions.setItemLabelGenerator(Corruptions::words);
  }

  @Override
  CreateProbeRequest request(String pair) {
    return CreateProbeRequest.newBuilder().setRunId(runId.getValue().strip())
        .setSpec(ProbeSpec.newBuilder().setPair(pair).setK(Fields.or(k, 0)).setSplit(split(split.getValue().strip()))
            .addAllLayers(Arrays.stream(layers.getValue().split(",")).map(String::strip).filter(path -> !path.isEmpty()).toList())
            .addAllCorruptions(Corruptions.ALL.stream().filter(corruptions.getValue()::contains).toList()).setStatistics(statistics.getValue())).build();
  }

  /** People leave out what every split's name begins with. */
  private static String split(String name) {
    return name.isEmpty() || name.contains("/") ? name : "splits/" + name;
  }

  @Override
  boolean takes(MeasurePreset preset) {
    return preset.hasProbe();
  }

  @Override
  void fill(MeasurePreset preset) {
    ProbeSpec spec = preset.getProbe();
    k.setValue(spec.getK());
    layers.setValue(String.join(", ", spec.getLayersList()));
    corruptions.setValue(spec.getCorruptionsList().contains("*") ? Set.copyOf(Corruptions.ALL) : Set.copyOf(spec.getCorruptionsList()));
    statistics.setValue(spec.getStatistics());
  }

  @Override
  String explanation() {
    return "How good the features are: a linear and a kNN probe of both encoders, on images neither was trained on.";
  }
}
