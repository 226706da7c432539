package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.Run;
import dev.engram.v1.UnitPool;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Asks for an encoder with units switched off. */
final class PruneForm extends InterventionForm {
  final RadioButtonGroup<By> order = fields.options("spec.prune.by", "Which units", Words.ORDERS, By.HIGHEST, Words::title, Words::meaning);
  final ComboBox<Run> unitMem = unitMem("spec.prune.unit_mem");
  final Checkbox before = beforeActivation("spec.prune.before_activation");
  final NumberField share = fields.decimal("spec.prune.share", "Share of the units, %", 10.0, "0 to 100; a layer always keeps a unit");
  final IntegerField seed = fields.whole("spec.prune.seed", "Seed of the draw", 0, "A larger share of the same seed contains the smaller");
  final RadioButtonGroup<UnitPool> pool = fields.options("spec.prune.pool", "A share of what", Words.POOLS, UnitPool.UNIT_POOL_PER_LAYER,
      Words::title, Words::meaning);
  final MultiSelectComboBox<EditableLayer> layers = layers("spec.prune.layers", "");

  PruneForm(Choices choices) {
    super(choices);
    order.addValueChangeListener(_ -> refresh());
    order.setValue(choices.unitMems().isEmpty() ? By.RANDOM : By.HIGHEST);
    refresh();
  }

  @Override
  EditEncoderSpec spec() {
    PruneUnits.Builder prune = PruneUnits.newBuilder().setBy(order.getValue()).setPool(pool.getValue()).addAllLayers(paths(layers.getValue()))
        .setShare(BigDecimal.valueOf(Fields.or(share, 0.0)).movePointLeft(2).doubleValue());
    if (unitMem.isVisible()) {
      prune.setUnitMem(name(unitMem)).setBeforeActivation(before.getValue());
    } else {
      prune.setSeed(Fields.or(seed, 0));
    }
    return EditEncoderSpec.newBuilder().setSource(choices.source().getName()).setPrune(prune).build();
  }

  @Override
  void fill(Message preset) {
    PruneUnits prune = ((EditEncoderSpec) preset).getPrune();
    order.setValue(choices.unitMems().isEmpty() ? By.RANDOM : prune.getBy());
    pool.setValue(prune.getPool());
    share.setValue(BigDecimal.valueOf(prune.getShare()).movePointRight(2).doubleValue());
  }

  @Override
  boolean readable() {
    boolean readable = share.getValue() != null && share.getValue() >= 0 && share.getValue() <= 100;
    share.setErrorMessage(readable ? "" : "A number from 0 to 100.");
    share.setInvalid(!readable);
    return readable;
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt unit) {
    layers.setValue(Set.copyOf(picked));
  }

  private void refresh() {
    boolean ranked = order.getValue() != By.RANDOM;
    unitMem.setVisible(ranked);
    before.setVisible(ranked);
    seed.setVisible(!ranked);
  }
}
