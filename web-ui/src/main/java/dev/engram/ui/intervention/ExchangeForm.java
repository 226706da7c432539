package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Encoder;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.ExchangeSpec.ClassMatch;
import dev.engram.v1.LayerScope;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Asks for a sweep over exchanged layers. */
final class ExchangeForm extends InterventionForm {
  private static final int MOST_SETS = 2000;

  final ComboBox<Encoder> other = encoder("spec.other", "Layers of", choices.others(), "An encoder of the same network");
  final RadioButtonGroup<Integer> largest = fields.options("spec.largest", "Sets of layers", List.of(1, 2, 3), 1, ExchangeForm::words, ExchangeForm::meaning);
  final RadioButtonGroup<LayerScope> scope = fields.options("spec.scope", "What is exchanged of a layer", Words.SCOPES,
      LayerScope.LAYER_SCOPE_LAYER_AND_NORM, Words::title, Words::meaning);
  final MultiSelectComboBox<EditableLayer> layers = parts("spec.layers", "");
  final ComboBox<Split> sourceSplit = split("spec.source_split", "Probed on, data of this encoder");
  final ComboBox<Split> otherSplit = split("spec.other_split", "Probed on, data of the other");
  final RadioButtonGroup<ClassMatch> classes = fields.options("spec.classes", "Which classes are the same", Words.MATCHES, ClassMatch.BY_NAME,
      Words::title, Words::meaning);
  final ComboBox<Run> layerMem = fields.pick("spec.layer_mem", "LayerMem of its pair", choices.layerMems(), Choices::words,
      "Names the sets that memorize most and least; none needed");
  final IntegerField k = fields.whole("spec.k", "Neighbors of the kNN probe", null, "Empty: 20, or as many as there are");

  ExchangeForm(Choices choices) {
    super(choices);
    layerMem.setClearButtonVisible(true);
    layerMem.addClassName("wide");
    layerMem.setVisible(!choices.layerMems().isEmpty());
    choices.layerMems().stream().findFirst().ifPresent(layerMem::setValue);
    layers.addValueChangeListener(_ -> count());
    largest.addValueChangeListener(_ -> count());
    count();
  }

  @Override
  ExchangeSpec spec() {
    return ExchangeSpec.newBuilder().setSource(choices.source().getName()).setOther(name(other)).setLargest(largest.getValue())
        .setScope(scope.getValue()).addAllLayers(paths(layers.getValue())).setSourceSplit(name(sourceSplit)).setOtherSplit(name(otherSplit))
        .setClasses(classes.getValue()).setLayerMem(name(layerMem)).setK(Fields.or(k, 0)).build();
  }

  @Override
  void fill(Message preset) {
    ExchangeSpec spec = (ExchangeSpec) preset;
    largest.setValue(spec.getLargest());
    layers.setValue(of(spec.getLayersList()));
    scope.setValue(Words.scope(spec.getScope(), LayerScope.LAYER_SCOPE_LAYER_AND_NORM));
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt unit) {
    layers.setValue(Set.copyOf(picked));
  }

  @Override
  Optional<ComboBox<Encoder>> other() {
    return Optional.of(other);
  }

  /** All sets of 1 to {@code largest} of so many layers. */
  static long sets(long layers, int largest) {
    long sets = 0;
    long ofSize = 1;
    for (int size = 1; size <= largest; size++) {
      ofSize = ofSize * Math.max(0, layers - size + 1) / size;
      sets += ofSize;
    }
    return sets;
  }

  private void count() {
    long sets = sets(considered(), largest.getValue());
    largest.setHelperText(Numbers.count(sets, "encoder") + " to probe: sets of " + Numbers.count(considered(), what()) + ".");
    largest.setErrorMessage(sets > MOST_SETS ? Numbers.count(sets) + " sets are more than " + Numbers.count(MOST_SETS) + ": name fewer." : "");
    largest.setInvalid(sets > MOST_SETS);
  }

  private String what() {
    return layers.getValue().stream().anyMatch(EditableLayer::isBlock) ? "part" : "layer";
  }

  private int considered() {
    return layers.getValue().isEmpty() ? choices.usualLayers().size() : layers.getValue().size();
  }

  private static String words(int largest) {
    return switch (largest) {
      case 1 -> "Singles";
      case 2 -> "Singles and pairs";
      default -> "Singles, pairs and triples";
    };
  }

  private static String meaning(int largest) {
    return switch (largest) {
      case 1 -> "Every layer by itself.";
      case 2 -> "And any two together.";
      default -> "And any three together.";
    };
  }
}
