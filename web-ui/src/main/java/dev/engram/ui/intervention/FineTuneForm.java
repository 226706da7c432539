package dev.engram.ui.intervention;

import com.google.protobuf.Message;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.MessageFields;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.LayerScope;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.Split;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks for some layers to be trained further with labels. */
final class FineTuneForm extends InterventionForm {
  private static final Set<String> SHOWN = Set.of("weight_decay", "warmup_epochs", "schedule", "optimizer_options", "resume_point_steps");

  final MultiSelectComboBox<EditableLayer> layers = layers("spec.layers", "None: the new head alone, all layers stay frozen");
  final RadioButtonGroup<LayerScope> scope = fields.options("spec.scope", "What is trained of a layer", Words.SCOPES, LayerScope.LAYER_SCOPE_LAYER,
      Words::title, Words::meaning);
  final IntegerField unit = fields.whole("spec.unit", "Keep one unit alone", null, "");
  final RadioButtonGroup<Boolean> single = fields.options("images", "Trained on", List.of(false, true), false,
      chosen -> chosen ? "Single images" : "Parts of a split",
      chosen -> chosen ? "By their numbers; fewer than a batch are taken again until they fill one." : "The head is scored on the external points.");
  final MultiSelectComboBox<TrainingPart> parts = fields.several("spec.parts", "Parts", Words.PARTS, Set.of(TrainingPart.TRAINING_PART_PUBLIC), "");
  final TextField imageIds = fields.text("spec.image_ids", "Numbers of the images", "", "As pages of images show them, separated by commas");
  final ComboBox<Split> split = split("spec.split", "Split");
  final IntegerField epochs = fields.whole("spec.recipe.epochs", "Epochs", 30, "At least 1");
  final IntegerField batch = fields.whole("spec.recipe.batch_size", "Batch size", null, "Empty: 128");
  final ComboBox<RecipeChoice> optimizer;
  final TextField rate = fields.text("spec.recipe.learning_rate", "Peak learning rate", "", "Empty: the optimizer's own");
  final ComboBox<RecipeChoice> augmentation;
  final IntegerField seed = fields.whole("spec.recipe.seed", "Seed", 0, "");
  final Checkbox batchStatistics = fields.check("spec.batch_statistics", "Normalizations go on learning statistics", false);
  private final MessageFields rest = new MessageFields("spec.recipe", _ -> "", kept(), Map.of());

  FineTuneForm(Choices choices) {
    super(choices);
    optimizer = recipePick("spec.recipe.optimizer", "Optimizer", choices.vocabulary().getOptimizersList());
    augmentation = recipePick("spec.recipe.augmentation", "Augmentation", choices.vocabulary().getAugmentationsList());
    parts.setItemLabelGenerator(Words::title);
    layers.addValueChangeListener(_ -> refresh());
    single.addValueChangeListener(_ -> refresh());
    rest.show(TrainingRecipe.getDefaultInstance());
    NativeDetails more = new NativeDetails("Decay, warm-up, schedule and the optimizer's options", rest);
    add(more);
    refresh();
  }

  @Override
  FineTuneSpec spec() {
    TrainingRecipe.Builder recipe = ((TrainingRecipe) rest.message()).toBuilder().setEpochs(Fields.or(epochs, 0)).setBatchSize(Fields.or(batch, 0))
        .setOptimizer(name(optimizer.getValue())).setAugmentation(name(augmentation.getValue())).setSeed(Fields.or(seed, 0));
    if (!rate.getValue().isBlank()) {
      recipe.setLearningRate(Double.parseDouble(rate.getValue().strip()));
    }
    FineTuneSpec.Builder spec = FineTuneSpec.newBuilder().setSource(choices.source().getName()).addAllLayers(paths(layers.getValue()))
        .setSplit(name(split)).setBatchStatistics(batchStatistics.getValue()).setRecipe(recipe);
    if (scope.isVisible()) {
      spec.setScope(scope.getValue());
    }
    if (unit.isVisible() && unit.getValue() != null) {
      spec.setUnit(unit.getValue());
    }
    if (single.getValue()) {
      Arrays.stream(imageIds.getValue().strip().split("[,;\\s]+")).filter(id -> !id.isEmpty()).forEach(id -> spec.addImageIds(Long.parseLong(id)));
    } else {
      Words.PARTS.stream().filter(parts.getValue()::contains).forEach(spec::addParts);
    }
    return spec.build();
  }

  @Override
  void fill(Message preset) {
    FineTuneSpec spec = (FineTuneSpec) preset;
    layers.setValue(of(spec.getLayersList()));
    scope.setValue(Words.scope(spec.getScope(), LayerScope.LAYER_SCOPE_LAYER));
    unit.setValue(spec.hasUnit() ? spec.getUnit() : null);
    single.setValue(spec.getImageIdsCount() > 0);
    imageIds.setValue(spec.getImageIdsList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    parts.setValue(spec.getPartsCount() == 0 ? Set.of(TrainingPart.TRAINING_PART_PUBLIC) : new LinkedHashSet<>(spec.getPartsList()));
    epochs.setValue(spec.getRecipe().getEpochs());
  }

  @Override
  void point(List<EditableLayer> picked, OptionalInt wanted) {
    layers.setValue(Set.copyOf(picked));
    wanted.ifPresent(unit::setValue);
  }

  @Override
  boolean readable() {
    boolean rated = rate.getValue().isBlank() || isNumber(rate.getValue().strip());
    rate.setErrorMessage(rated ? "" : "A number.");
    rate.setInvalid(!rated);
    boolean named = !single.getValue() || imageIds.getValue().strip().matches("[0-9]{1,15}(\\s*[,;\\s]\\s*[0-9]{1,15})*");
    imageIds.setErrorMessage(named ? "" : "Whole numbers, separated by commas.");
    imageIds.setInvalid(!named);
    return rest.readable() & rated & named;
  }

  @Override
  List<Fields> groups() {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(fields), rest.fields().stream()).toList();
  }

  private void refresh() {
    scope.setVisible(!layers.getValue().isEmpty());
    unit.setVisible(layers.getValue().size() == 1);
    layers.getValue().stream().findFirst().ifPresent(layer -> unit.setHelperText("0 to " + (layer.units() - 1) + "; empty: the whole layer"));
    parts.setVisible(!single.getValue());
    imageIds.setVisible(single.getValue());
  }

  private ComboBox<RecipeChoice> recipePick(String path, String label, List<RecipeChoice> offered) {
    ComboBox<RecipeChoice> field = fields.pick(path, label, offered, RecipeChoice::getName, "Empty: the default");
    field.setClearButtonVisible(true);
    field.addValueChangeListener(change -> field.setHelperText(change.getValue() == null ? "Empty: the default" : change.getValue().getMeaning()));
    return field;
  }

  private static String name(RecipeChoice choice) {
    return choice == null ? "" : choice.getName();
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Set<String> kept() {
    return TrainingRecipe.getDescriptor().getFields().stream().map(field -> field.getName()).filter(name -> !SHOWN.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
