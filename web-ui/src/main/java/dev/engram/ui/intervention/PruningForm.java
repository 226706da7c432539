package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.data.SplitWords;
import dev.engram.ui.form.Fields;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.Run;
import dev.engram.v1.Split;
import dev.engram.v1.UnitPool;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks for a pruning curve. */
final class PruningForm extends InterventionForm {
  private static final int DRAWS = 10;

  final CheckboxGroup<By> orders = fields.checks("spec.strategies", "Which units go first: a curve each", Words.ORDERS, Set.of(), Words::title, Words::meaning);
  final ComboBox<Run> unitMem = unitMem("spec.unit_mem");
  final Checkbox before = beforeActivation("spec.before_activation");
  final CheckboxGroup<UnitPool> pools = fields.checks("spec.pools", "A share of what", Words.POOLS, Set.of(UnitPool.UNIT_POOL_PER_LAYER), Words::title, Words::meaning);
  final TextField shares = fields.text("spec.shares", "Shares, %", "0, 10, 20, 30, 40, 50", "Of the units; 0 is the encoder as it is");
  final IntegerField trials = fields.whole("spec.trials", "Random draws a share", DRAWS, "1 to 100; more make the interval narrower");
  final IntegerField seed = fields.whole("spec.seed", "Seed of the first draw", 0, "");
  final MultiSelectComboBox<EditableLayer> layers = layers("spec.layers", "");
  final MultiSelectComboBox<Split> splits = fields.several("spec.splits", "Probed on", choices.probed(), Set.of(), "Empty: the split it was trained on");
  final IntegerField k = fields.whole("spec.k", "Neighbors of the kNN probe", null, "Empty: 20, or as many as there are");

  PruningForm(Choices choices) {
    super(choices);
    splits.setItemLabelGenerator(SplitWords::probed);
    splits.addClassName("wide");
    orders.addValueChangeListener(_ -> refresh());
    orders.setValue(choices.unitMems().isEmpty() ? Set.of(By.RANDOM) : Set.copyOf(Words.ORDERS));
    refresh();
  }

  @Override
  PruningSpec spec() {
    PruningSpec.Builder spec = PruningSpec.newBuilder().setSource(choices.source().getName())
        .addAllStrategies(Words.ORDERS.stream().filter(orders.getValue()::contains).toList())
        .addAllPools(Words.POOLS.stream().filter(pools.getValue()::contains).toList())
        .addAllShares(shares()).addAllLayers(paths(layers.getValue())).setK(Fields.or(k, 0));
    choices.probed().stream().filter(splits.getValue()::contains).forEach(split -> spec.addSplits(split.getName()));
    if (unitMem.isVisible()) {
      spec.setUnitMem(name(unitMem)).setBeforeActivation(before.getValue());
    }
    return trials.isVisible() ? spec.setTrials(Fields.or(trials, 0)).setSeed(Fields.or(seed, 0)).build() : spec.build();
  }

  @Override
  void fill(Message preset) {
    PruningSpec spec = (PruningSpec) preset;
    orders.setValue(choices.unitMems().isEmpty() ? Set.of(By.RANDOM) : new LinkedHashSet<>(spec.getStrategiesList()));
    pools.setValue(new LinkedHashSet<>(spec.getPoolsList()));
    shares.setValue(spec.getSharesList().stream().map(PruningForm::percent).collect(Collectors.joining(", ")));
    trials.setValue(spec.getTrials());
  }

  @Override
  boolean readable() {
    boolean readable = (shares.getValue().isBlank() || shares.getValue().strip().matches("[0-9]*\\.?[0-9]+(\\s*[,;\\s]\\s*[0-9]*\\.?[0-9]+)*"))
        && shares().stream().allMatch(share -> share <= 1);
    shares.setErrorMessage(readable ? "" : "Numbers from 0 to 100, separated by commas.");
    shares.setInvalid(!readable);
    return readable;
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt unit) {
    layers.setValue(Set.copyOf(picked));
  }

  private void refresh() {
    boolean ranked = orders.getValue().contains(By.HIGHEST) || orders.getValue().contains(By.LOWEST);
    unitMem.setVisible(ranked);
    before.setVisible(ranked);
    trials.setVisible(orders.getValue().contains(By.RANDOM));
    seed.setVisible(trials.isVisible());
  }

  private List<Double> shares() {
    return Arrays.stream(shares.getValue().strip().split("[,;\\s]+")).filter(text -> !text.isEmpty())
        .map(text -> new BigDecimal(text).movePointLeft(2).doubleValue()).toList();
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
