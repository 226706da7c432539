package dev.engram.ui.pair;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.data.SplitWords;
import dev.engram.ui.form.Corruptions;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.NamesField;
import dev.engram.ui.format.Names;
import dev.engram.v1.Architecture;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Split;
import java.util.List;
import java.util.Set;

/** Asks for a linear and a kNN probe of both encoders. */
final class ProbeForm extends MeasureForm {
  final IntegerField k = fields.whole("k", "Neighbors of the kNN probe", 20, "1 to the public set's size");
  final ComboBox<Split> split = fields.pick("split", "Split of another data set", List.of(), SplitWords::probed, "");
  final NamesField layers = fields.layers("layers", "Layers beside the output", Set.of(), "none: the output alone; layers of the projector can be typed");
  final Select<ProbeSpec.Tokens> tokens = fields.choice("tokens", "Tokens of a transformer's layers",
      List.of(ProbeSpec.Tokens.ALL, ProbeSpec.Tokens.CLASS_TOKEN, ProbeSpec.Tokens.NO_CLASS_TOKEN), ProbeSpec.Tokens.ALL, "");
  final MultiSelectComboBox<String> corruptions = fields.several("corruptions", "Also on corrupted images", Corruptions.ALL, Set.of(), "in five severities");
  final Checkbox statistics = fields.check("statistics", "RankMe, sparsity, binarized features", false);

  ProbeForm() {
    corruptions.setItemLabelGenerator(Corruptions::words);
    tokens.setItemLabelGenerator(value -> Names.words(value.name()));
    split.setClearButtonVisible(true);
    offerSplits(Pair.getDefaultInstance(), List.of());
  }

  @Override
  CreateProbeRequest request(String pair) {
    return CreateProbeRequest.newBuilder().setRunId(runId.getValue().strip())
        .setSpec(ProbeSpec.newBuilder().setPair(pair).setK(Fields.or(k, 0)).setSplit(split.getValue() == null ? "" : split.getValue().getName())
            .addAllLayers(layers.chosen())
            .addAllCorruptions(Corruptions.ALL.stream().filter(corruptions.getValue()::contains).toList()).setTokens(tokens.getValue())
            .setStatistics(statistics.getValue())).build();
  }

  @Override
  boolean takes(Message preset) {
    return preset instanceof ProbeSpec;
  }

  @Override
  void fill(Message preset) {
    ProbeSpec spec = (ProbeSpec) preset;
    k.setValue(spec.getK());
    layers.choose(spec.getLayersList());
    corruptions.setValue(spec.getCorruptionsList().contains("*") ? Set.copyOf(Corruptions.ALL) : Set.copyOf(spec.getCorruptionsList()));
    statistics.setValue(spec.getStatistics());
    tokens.setValue(spec.getTokens() == ProbeSpec.Tokens.TOKENS_UNSPECIFIED ? ProbeSpec.Tokens.ALL : spec.getTokens());
  }

  @Override
  void offerLayers(Architecture network) {
    layers.offerLayers(network);
  }

  /** Those of the pair's own images are left out: they may hold out what it was trained on. */
  @Override
  void offerSplits(Pair own, List<Split> splits) {
    List<Split> others = SplitWords.withPublicSet(splits).stream().filter(one -> !one.getSpec().getDataset().equals(own.getDataset())).toList();
    split.setItems(others);
    split.setHelperText(others.isEmpty() ? "None yet: probed on the pair's own" : "Empty: the pair's own; learns on its public set, scored on its external points");
  }

  @Override
  String explanation() {
    return "How good the features are: a linear and a kNN probe of both encoders, on images neither was trained on.";
  }
}
