package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.LayerScope;
import dev.engram.v1.RestoreUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks for the source with one unit of an encoder that was tuned from it. */
final class RestoreUnitForm extends InterventionForm {
  final ComboBox<Encoder> tuned = encoder("spec.restore.tuned", "One unit of", choices.madeOfIt(), "An encoder that was fine-tuned from this one");
  final ComboBox<EditableLayer> layer = fields.pick("spec.restore.layer", "Layer", choices.layers(), EditableLayer::words, "Of the unit");
  final IntegerField unit = fields.whole("spec.restore.unit", "Unit", 0, "");
  final RadioButtonGroup<LayerScope> scope = fields.options("spec.restore.scope", "What is a unit's", Words.SCOPES, LayerScope.LAYER_SCOPE_LAYER,
      Words::title, Words::meaning);

  RestoreUnitForm(Choices choices) {
    super(choices);
    layer.addClassName("wide");
    layer.addValueChangeListener(change -> unit.setHelperText(change.getValue() == null ? "" : "0 to " + (change.getValue().units() - 1)));
    choices.layers().stream().reduce((_, last) -> last).ifPresent(layer::setValue);
  }

  @Override
  EditEncoderSpec spec() {
    return EditEncoderSpec.newBuilder().setSource(choices.source().getName()).setRestore(RestoreUnit.newBuilder().setTuned(name(tuned))
        .setLayer(layer.getValue() == null ? "" : layer.getValue().path()).setUnit(Fields.or(unit, 0)).setScope(scope.getValue())).build();
  }

  @Override
  void fill(Message preset) {
    scope.setValue(Words.scope(((EditEncoderSpec) preset).getRestore().getScope(), LayerScope.LAYER_SCOPE_LAYER));
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt wanted) {
    picked.stream().findFirst().ifPresent(layer::setValue);
    wanted.ifPresent(unit::setValue);
  }

  @Override
  Optional<ComboBox<Encoder>> other() {
    return Optional.of(tuned);
  }

  /** Of an encoder that was tuned in one layer, that layer. */
  @Override
  void describe(EncoderDescription other) {
    super.describe(other);
    of(other.getFineTune().getLayersList()).stream().reduce((_, last) -> last).ifPresent(layer::setValue);
  }

  /** A unit beyond the layer's is seen here, before an encoder is read for it. */
  @Override
  boolean readable() {
    boolean there = layer.getValue() == null || unit.getValue() != null && unit.getValue() >= 0 && unit.getValue() < layer.getValue().units();
    unit.setErrorMessage(there ? "" : "Must be 0 to " + (layer.getValue().units() - 1) + ".");
    unit.setInvalid(!there);
    return there;
  }
}
