package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.LayerScope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Asks for an encoder with some layers of another one. */
final class ExchangeLayersForm extends InterventionForm {
  final ComboBox<Encoder> other = encoder("spec.exchange.other", "Layers of", choices.others(), "An encoder of the same network");
  final MultiSelectComboBox<EditableLayer> layers = parts("spec.exchange.layers", "At least one");
  final RadioButtonGroup<LayerScope> scope = fields.options("spec.exchange.scope", "What is exchanged of a layer", Words.SCOPES,
      LayerScope.LAYER_SCOPE_LAYER_AND_NORM, Words::title, Words::meaning);

  ExchangeLayersForm(Choices choices) {
    super(choices);
  }

  @Override
  EditEncoderSpec spec() {
    return EditEncoderSpec.newBuilder().setSource(choices.source().getName()).setExchange(ExchangeLayers.newBuilder()
        .setOther(name(other)).addAllLayers(paths(layers.getValue())).setScope(scope.getValue())).build();
  }

  @Override
  void fill(Message preset) {
    ExchangeLayers exchange = ((EditEncoderSpec) preset).getExchange();
    layers.setValue(of(exchange.getLayersList()));
    scope.setValue(Words.scope(exchange.getScope(), LayerScope.LAYER_SCOPE_LAYER_AND_NORM));
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt unit) {
    layers.setValue(Set.copyOf(picked));
  }

  @Override
  Optional<ComboBox<Encoder>> other() {
    return Optional.of(other);
  }
}
