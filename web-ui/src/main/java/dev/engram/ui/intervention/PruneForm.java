package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
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
import java.util.stream.Collectors;

/** Asks for an encoder with units switched off: a share of them in some order, or those that images own. */
final class PruneForm extends InterventionForm {
  final RadioButtonGroup<By> order = fields.options("spec.prune.by", "Which units", Words.PRUNED, By.HIGHEST, Words::title, Words::meaning);
  final ComboBox<Run> unitMem = unitMem("spec.prune.unit_mem");
  final Checkbox before = beforeActivation("spec.prune.before_activation");
  final TextField images = fields.text("spec.prune.images", "Numbers of the images", "", "As pages of images show them, separated by commas");
  final NumberField least = fields.decimal("spec.prune.least_unit_mem", "UnitMem at least", null, "0 to 1; empty: every unit they own");
  final IntegerField most = fields.whole("spec.prune.most_units", "Units at most", null, "Empty: all; the highest UnitMem first");
  final NumberField share = fields.decimal("spec.prune.share", "Share of the units, %", 10.0, "0 to 100; a layer always keeps a unit");
  final IntegerField seed = fields.whole("spec.prune.seed", "Seed of the draw", 0, "");
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
    PruneUnits.Builder prune = PruneUnits.newBuilder().setBy(order.getValue()).addAllLayers(paths(layers.getValue()));
    if (isOwned()) {
      Fields.listed(images).forEach(id -> prune.addImages(Long.parseLong(id)));
      prune.setLeastUnitMem(Fields.or(least, 0.0)).setMostUnits(Fields.or(most, 0));
    } else {
      prune.setPool(pool.getValue()).setShare(BigDecimal.valueOf(Fields.or(share, 0.0)).movePointLeft(2).doubleValue());
    }
    if (unitMem.isVisible()) {
      prune.setUnitMem(name(unitMem)).setBeforeActivation(before.getValue());
    }
    if (seed.isVisible()) {
      prune.setSeed(Fields.or(seed, 0));
    }
    return EditEncoderSpec.newBuilder().setSource(choices.source().getName()).setPrune(prune).build();
  }

  @Override
  void fill(Message preset) {
    PruneUnits prune = ((EditEncoderSpec) preset).getPrune();
    order.setValue(choices.unitMems().isEmpty() ? By.RANDOM : prune.getBy());
    if (!isOwned()) {
      pool.setValue(prune.getPool() == UnitPool.UNIT_POOL_TOTAL ? UnitPool.UNIT_POOL_TOTAL : UnitPool.UNIT_POOL_PER_LAYER);
      share.setValue(BigDecimal.valueOf(prune.getShare()).movePointRight(2).doubleValue());
    } else if (prune.getImagesCount() > 0) {
      images.setValue(prune.getImagesList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }

  @Override
  boolean readable() {
    boolean some = isOwned() || share.getValue() != null && share.getValue() >= 0 && share.getValue() <= 100;
    share.setErrorMessage(some ? "" : "A number from 0 to 100.");
    share.setInvalid(!some);
    boolean named = !isOwned() || images.getValue().strip().matches("[0-9]{1,18}(\\s*,\\s*[0-9]{1,18})*,?");
    images.setErrorMessage(named ? "" : "Numbers of images, separated by commas; at least one.");
    images.setInvalid(!named);
    return some && named;
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt unit) {
    layers.setValue(Set.copyOf(picked));
  }

  private boolean isOwned() {
    return order.getValue() == By.OWNED || order.getValue() == By.RANDOM_AS_OWNED;
  }

  private void refresh() {
    boolean drawn = order.getValue() == By.RANDOM || order.getValue() == By.RANDOM_AS_OWNED;
    unitMem.setVisible(order.getValue() != By.RANDOM);
    before.setVisible(unitMem.isVisible());
    images.setVisible(isOwned());
    least.setVisible(isOwned());
    most.setVisible(isOwned());
    share.setVisible(!isOwned());
    pool.setVisible(!isOwned());
    seed.setVisible(drawn);
    seed.setHelperText(isOwned() ? "Another seed draws other units: a second control" : "A larger share of the same seed contains the smaller");
  }
}
