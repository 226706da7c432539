package dev.engram.ui.pair;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Every value of a training recipe; a named recipe fills them all. */
final class RecipeForm extends Div {
  final Fields fields = new Fields();
  final Select<NamedRecipe> preset = fields.choice("preset", "Start from", List.of(), null, "");
  final Select<String> network = fields.choice("recipe.network", "Network", List.of("resnet9", "resnet18"), "resnet9", "");
  final Select<String> objective = fields.choice("recipe.objective", "Objective", List.of("simclr"), "simclr", "");
  final IntegerField epochs = fields.whole("recipe.epochs", "Epochs", 30, "at least 1");
  final IntegerField batch = fields.whole("recipe.batch_size", "Batch size", 128, "2 to the number of training images");
  final NumberField temperature = fields.decimal("recipe.temperature", "Temperature", 0.5, "above 0");
  final TextField projector = fields.text("recipe.projector", "Projector widths", "256, 64", "one number a layer");
  final Select<String> optimizer = fields.choice("recipe.optimizer", "Optimizer", List.of("adam", "lars"), "adam", "");
  final NumberField learningRate = fields.decimal("recipe.learning_rate", "Peak learning rate", null, "empty: 0.001 (adam), 0.3 · batch / 256 (lars)");
  final NumberField weightDecay = fields.decimal("recipe.weight_decay", "Weight decay", 1e-6, "");
  final NumberField warmup = fields.decimal("recipe.warmup_epochs", "Warm-up epochs", null, "empty: a tenth of the epochs");
  final Select<String> augmentation = fields.choice("recipe.augmentation", "Augmentation", Augmentations.ALL, "simclr-normal", "");
  final IntegerField seed = fields.whole("recipe.seed", "Seed", 0, "f and g share it");
  final NumberField ema = fields.decimal("recipe.ema_momentum", "Weight average momentum", 0.0, "0 keeps no average");
  final IntegerField resume = fields.whole("recipe.resume_point_steps", "Steps between resume points", null, "empty: whole epochs, at least 100 steps");

  RecipeForm() {
    preset.setItemLabelGenerator(NamedRecipe::getId);
    preset.setPlaceholder("a named recipe");
    add(fields);
  }

  /** Offers named recipes; the first is taken. */
  void offer(List<NamedRecipe> recipes, Consumer<NamedRecipe> taken) {
    preset.setItems(recipes);
    preset.addValueChangeListener(change -> {
      if (change.getValue() != null) {
        preset.setHelperText(change.getValue().getDescription());
        set(change.getValue().getRecipe());
        taken.accept(change.getValue());
      }
    });
    recipes.stream().findFirst().ifPresent(preset::setValue);
  }

  /** Shows this recipe. */
  void set(TrainingRecipe recipe) {
    choose(network, recipe.getNetwork());
    choose(objective, recipe.getObjective());
    choose(optimizer, recipe.getOptimizer());
    choose(augmentation, recipe.getAugmentation());
    epochs.setValue(recipe.getEpochs());
    batch.setValue(recipe.getBatchSize() == 0 ? 128 : recipe.getBatchSize());
    temperature.setValue(recipe.hasTemperature() ? recipe.getTemperature() : null);
    projector.setValue(recipe.getProjectorList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    learningRate.setValue(recipe.hasLearningRate() ? recipe.getLearningRate() : null);
    weightDecay.setValue(recipe.hasWeightDecay() ? recipe.getWeightDecay() : null);
    warmup.setValue(recipe.hasWarmupEpochs() ? recipe.getWarmupEpochs() : null);
    seed.setValue(Math.toIntExact(recipe.getSeed()));
    ema.setValue(recipe.getEmaMomentum());
    resume.setValue(recipe.hasResumePointSteps() ? Math.toIntExact(recipe.getResumePointSteps()) : null);
  }

  /** The recipe as it is typed; an empty field is left to the service's default. */
  TrainingRecipe recipe() {
    TrainingRecipe.Builder recipe = TrainingRecipe.newBuilder().setNetwork(network.getValue()).setObjective(objective.getValue())
        .setEpochs(Fields.or(epochs, 0)).setBatchSize(Fields.or(batch, 0)).setOptimizer(optimizer.getValue())
        .setAugmentation(augmentation.getValue()).setSeed(Fields.or(seed, 0)).setEmaMomentum(Fields.or(ema, 0.0))
        .addAllProjector(widths());
    ifTyped(temperature, recipe::setTemperature);
    ifTyped(learningRate, recipe::setLearningRate);
    ifTyped(weightDecay, recipe::setWeightDecay);
    ifTyped(warmup, recipe::setWarmupEpochs);
    if (resume.getValue() != null) {
      recipe.setResumePointSteps(resume.getValue());
    }
    return recipe.build();
  }

  /** Whether the projector's widths can be read; if not, says so at the field. */
  boolean readable() {
    boolean readable = projector.getValue().isBlank() || projector.getValue().matches("\\s*\\d{1,6}(\\s*[, ]\\s*\\d{1,6})*\\s*");
    projector.setErrorMessage("Whole numbers, separated by commas.");
    projector.setInvalid(!readable);
    return readable;
  }

  private List<Integer> widths() {
    return Arrays.stream(projector.getValue().strip().split("[,\\s]+")).filter(width -> !width.isEmpty()).map(Integer::valueOf).toList();
  }

  private static void ifTyped(NumberField field, Consumer<Double> setter) {
    if (field.getValue() != null) {
      setter.accept(field.getValue());
    }
  }

  /** A value this page does not know yet is offered too, not replaced. */
  private static void choose(Select<String> field, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (!field.getListDataView().contains(value)) {
      field.getListDataView().addItem(value);
    }
    field.setValue(value);
  }
}
