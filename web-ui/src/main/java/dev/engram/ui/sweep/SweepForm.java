package dev.engram.ui.sweep;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.leak.DejaVuSettings;
import dev.engram.ui.preset.PresetSelect;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Pair;
import dev.engram.v1.Split;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Asks what to vary of which pair's training, and how to attack each. Knows no service. */
final class SweepForm extends Div {
  final Fields fields = new Fields();
  final Select<Pair> pair = fields.choice("plan.split", "As this pair", List.of(), null, "Its split and recipe, but for what differs");
  final Select<SweepPreset> preset = fields.choice("preset", "What differs", List.of(), null, "");
  final TextField field = fields.text("plan.axes[0].field", "Value of the recipe", "", "By its path; or training_images, per_class, split");
  final TextField values = fields.text("plan.axes[0].values", "Its values", "", "2 to 20, with commas between");
  final TextField second = fields.text("plan.axes[1].field", "Crossed with", "", "A second value, or empty");
  final TextField secondValues = fields.text("plan.axes[1].values", "Its values", "", "With commas between");
  final TextField seeds = fields.text("plan.seeds", "Seeds", "0", "With several, intervals are over trainings");
  private final Span attackHeading = fields.heading("The attack on each");
  final PresetSelect attackPresets = attackPresets();
  final DejaVuSettings attack = new DejaVuSettings(fields, "plan.deja_vu.");
  final TextField runId = fields.text("run_id", "Name", "", "Made up if empty, at most 30 characters; pairs are called name-p1-s0 and so on");
  private final Paragraph cost = new Paragraph();
  private List<Split> splits = List.of();

  SweepForm() {
    pair.setItemLabelGenerator(one -> one == null ? "" : Names.id(one.getName()));
    preset.setItemLabelGenerator(one -> one == null ? "" : one.title());
    cost.addClassName("quiet");
    pair.addValueChangeListener(change -> offerPresets());
    preset.addValueChangeListener(change -> fill());
    Stream.of(field, values, second, secondValues, seeds).forEach(text -> text.addValueChangeListener(_ -> count()));
    add(fields, cost);
  }

  /** Settings of an attack; those with a probe beside it are no others here, as a sweep always has one. */
  private PresetSelect attackPresets() {
    PresetSelect presets = new PresetSelect(spec -> spec instanceof DejaVuSpec one && !one.getProbeControl(), spec -> attack.fill((DejaVuSpec) spec));
    fields.add(presets);
    return presets;
  }

  /** Offers the pairs that were trained by a recipe; the one the URL names is chosen, otherwise the newest. */
  void offer(List<Pair> pairs, List<Split> known, String wanted) {
    splits = known;
    List<Pair> trained = pairs.stream().filter(Pair::hasRecipe).toList();
    pair.setItems(trained);
    trained.stream().filter(one -> Names.id(one.getName()).equals(wanted)).findFirst().or(() -> trained.stream().findFirst()).ifPresent(pair::setValue);
  }

  private void offerPresets() {
    if (pair.getValue() == null) {
      return;
    }
    SweepPreset before = preset.getValue();
    List<SweepPreset> fitting = SweepPreset.of(pair.getValue().getRecipe(), split());
    preset.setItems(fitting);
    preset.setValue(fitting.contains(before) ? before : fitting.getFirst());
    fill();
  }

  private void fill() {
    if (preset.getValue() == null || pair.getValue() == null) {
      return;
    }
    preset.setHelperText(preset.getValue().explanation());
    field.setValue(preset.getValue().field());
    values.setValue(preset.getValue().values(pair.getValue().getRecipe(), split()));
    if (preset.getValue() == SweepPreset.CROP) {
      attack.crops.setValue(Set.of("lower left"));
      attack.fraction.setValue(SweepPreset.FRACTIONS);
    } else if (attack.fraction.getValue().equals(SweepPreset.FRACTIONS)) {
      attack.fraction.setValue("0.3");
    }
    count();
  }

  /** What it costs, before it is started. */
  private void count() {
    if (pair.getValue() == null) {
      return;
    }
    long points = Stream.of(axis(field, values), axis(second, secondValues)).filter(axis -> !axis.getField().isEmpty())
        .mapToLong(axis -> Math.max(1, axis.getValuesCount())).reduce(1, (a, b) -> a * b);
    long pairs = points * Math.max(1, Fields.listed(seeds).size());
    TrainingRecipe recipe = pair.getValue().getRecipe();
    cost.setText(Numbers.count(points, "point") + ": " + Numbers.count(pairs, "pair") + ", " + Numbers.count(2 * pairs, "training")
        + (List.of(field.getValue(), second.getValue()).contains("epochs") ? "." : " of " + Numbers.count(recipe.getEpochs(), "epoch") + " each."));
  }

  String costWords() {
    return cost.getText();
  }

  private CreateSplitSpec split() {
    return splits.stream().filter(one -> one.getName().equals(pair.getValue().getSplit())).map(Split::getSpec).findFirst()
        .orElse(CreateSplitSpec.getDefaultInstance());
  }

  /** Whether the seeds can be read; says so at their field if not. */
  boolean readable() {
    boolean readable = Fields.listed(seeds).stream().allMatch(seed -> seed.matches("[0-9]{1,12}"));
    seeds.setInvalid(!readable);
    seeds.setErrorMessage(readable ? "" : "must be whole numbers, separated by commas");
    return readable;
  }

  CreateAttackSweepRequest request() {
    AttackSweepPlan.Builder plan = AttackSweepPlan.newBuilder();
    Stream.of(axis(field, values), axis(second, secondValues)).filter(axis -> !axis.equals(SweepAxis.getDefaultInstance())).forEach(plan::addAxes);
    if (pair.getValue() != null) {
      plan.setRecipe(base(plan));
      if (plan.getAxesList().stream().noneMatch(axis -> axis.getField().equals("split"))) {
        plan.setSplit(pair.getValue().getSplit());
      }
    }
    Fields.listed(seeds).forEach(seed -> plan.addSeeds(Long.parseLong(seed)));
    return CreateAttackSweepRequest.newBuilder().setRunId(runId.getValue().strip()).setPlan(plan.setDejaVu(attack.spec())).build();
  }

  /** The pair's recipe; along epochs without a warm-up that was a tenth of them, so that it is a tenth of each. */
  private TrainingRecipe base(AttackSweepPlan.Builder plan) {
    TrainingRecipe.Builder recipe = pair.getValue().getRecipe().toBuilder().clearSeed();
    boolean usual = Math.abs(recipe.getWarmupEpochs() - 0.1 * recipe.getEpochs()) < 1e-9;
    return (usual && plan.getAxesList().stream().anyMatch(axis -> axis.getField().equals("epochs")) ? recipe.clearWarmupEpochs() : recipe).build();
  }

  /** Shows violations at their fields, those of a single value with the value. */
  List<FieldViolation> show(List<FieldViolation> violations) {
    return fields.show(violations.stream().map(this::atItsAxis).toList());
  }

  private FieldViolation atItsAxis(FieldViolation violation) {
    String place = violation.getField().replaceFirst("^plan\\.axes\\[([01])]\\.values\\[(\\d+)]$", "$1,$2");
    if (place.equals(violation.getField())) {
      return violation;
    }
    int axis = place.charAt(0) - '0';
    List<String> typed = Fields.listed(axis == 0 ? values : secondValues);
    int value = Integer.parseInt(place.substring(2));
    return FieldViolation.newBuilder().setField("plan.axes[" + axis + "].values")
        .setDescription((value < typed.size() ? typed.get(value) + ": " : "") + violation.getDescription()).build();
  }

  private static SweepAxis axis(TextField field, TextField values) {
    return SweepAxis.newBuilder().setField(field.getValue().strip()).addAllValues(Fields.listed(values)).build();
  }
}
