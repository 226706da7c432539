package dev.engram.ui.recipe;

import com.google.protobuf.Message;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.form.MessageFields;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Augmentation;
import dev.engram.v1.DpSgd;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TrainingVocabulary;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every value of a training recipe. What there is to choose from, with options, defaults and ranges, is what the trainer declares; a
 * named recipe fills all of it. A value that is left empty is left to the service's default.
 */
public final class RecipeForm extends Div {
  private static final String RECIPE = "recipe.";

  private final Fields presetFields = new Fields();
  final Select<NamedRecipe> preset = presetFields.choice("preset", "Start from", List.of(), null, "");
  private final Paragraph about = new Paragraph();
  private final Fields networkFields = new Fields();
  final Chosen network = new Chosen(networkFields, "network", "Network", "recipe.network_options");
  private final Fields objectiveFields = new Fields();
  final Chosen objective = new Chosen(objectiveFields, "objective", "Objective", "recipe.objective_options");
  final TextField projector = objectiveFields.text(RECIPE + "projector", "Projector widths", "", "one number a layer; empty: the objective's own");
  final Select<String> projectorStyle = objectiveFields.choice(RECIPE + "projector_style", "Projector's layers",
      List.of("vicreg", "simclr", "barlow", "byol", "simsiam", "simsiam_predictor", "supcon", "plain"), null, "what they are made of, by the code of each method");
  private final Fields trainingFields = new Fields();
  final IntegerField epochs = trainingFields.whole(RECIPE + "epochs", "Epochs", 30, "at least 1");
  final IntegerField batch = trainingFields.whole(RECIPE + "batch_size", "Batch size", 128, "2 to the number of training images");
  final TextField seed = trainingFields.text(RECIPE + "seed", "Seed", "0", "everything random follows from it; f and g share it");
  final TextField resume = trainingFields.text(RECIPE + "resume_point_steps", "Steps between resume points", "", "empty: whole epochs, at least 100 steps");
  final Select<String> precision = trainingFields.choice(RECIPE + "precision", "Precision", List.of("float32", "bfloat16", "tf32"), "float32",
      "what layers multiply in; tf32 needs a card");
  private final Fields optimizerFields = new Fields();
  final Chosen optimizer = new Chosen(optimizerFields, "optimizer", "Optimizer", "recipe.optimizer_options");
  final TextField learningRate = optimizerFields.text(RECIPE + "learning_rate", "Peak learning rate", "", "above 0; empty: the optimizer's own");
  final TextField weightDecay = optimizerFields.text(RECIPE + "weight_decay", "Weight decay", "", "empty: the optimizer's own");
  private final Fields scheduleFields = new Fields();
  final Chosen schedule = new Chosen(scheduleFields, "schedule.name", "Schedule of the learning rate", "recipe.schedule");
  final TextField warmup = scheduleFields.text(RECIPE + "warmup_epochs", "Warm-up epochs", "", "empty: the schedule's own");
  private final Fields viewFields = new Fields();
  final Select<String> augmentation = viewFields.choice(RECIPE + "augmentation", "Augmentation", List.of("simclr-normal"), "simclr-normal", "");
  final MessageFields views = new MessageFields(RECIPE + "augmentation_values", RecipeForm::words, Set.of("source"),
      Map.of("groups", "group of views", "recipes", "recipe of a view"));
  private final Div viewGroup = group("Augmentation and views", viewFields);
  private Map<String, Augmentation> augmentations = Map.of();
  private final Fields averageFields = new Fields();
  final TextField ema = averageFields.text(RECIPE + "ema_momentum", "Momentum", "0", "of the weights' moving average; 0 keeps none, or what the objective needs");
  final TextField emaFinal = averageFields.text(RECIPE + "ema_final_momentum", "Momentum at the end", "", "empty: the same, or 1 for a teacher");
  final Select<String> emaSchedule = averageFields.choice(RECIPE + "ema_schedule", "How it gets there", List.of("cosine", "linear"), "cosine", "");
  private final Fields probeFields = new Fields();
  final Checkbox probed = probeFields.check("recipe.online_probes", "Probe while training", false);
  final OptionFields probes = new OptionFields(probeFields, "recipe.online_probes");
  private final Fields attackFields = new Fields();
  final Checkbox attacked = attackFields.check("recipe.online_attack", "Attack while training", false);
  final OptionFields attacks = new OptionFields(attackFields, "recipe.online_attack");
  private final Fields privacyFields = new Fields();
  final Checkbox isPrivate = privacyFields.check("recipe.dp_sgd", "Train with differential privacy (DP-SGD)", false);
  final OptionFields privacy = new OptionFields(privacyFields, "recipe.dp_sgd");

  public RecipeForm() {
    addClassName("recipe-form");
    about.addClassName("explain");
    preset.setItemLabelGenerator(NamedRecipe::getId);
    preset.setPlaceholder("a named recipe");
    probed.addValueChangeListener(change -> probes.show(change.getValue() ? PROBES : List.of()));
    attacked.addValueChangeListener(change -> attacks.show(change.getValue() ? ATTACKS : List.of()));
    isPrivate.addValueChangeListener(change -> privacy.show(change.getValue() ? PRIVACY : List.of()));
    viewGroup.add(views);
    add(presetFields, about, group("Network", networkFields), group("Objective", objectiveFields), group("Training", trainingFields),
        group("Optimizer", optimizerFields), group("Schedule", scheduleFields), viewGroup,
        group("Moving average", averageFields), group("Online probes", probeFields), group("Online attack", attackFields), group("Privacy", privacyFields));
  }

  /** Offers what a recipe may use. */
  public void offer(TrainingVocabulary vocabulary) {
    network.offer(vocabulary.getNetworksList());
    objective.offer(vocabulary.getObjectivesList());
    optimizer.offer(vocabulary.getOptimizersList());
    schedule.offer(vocabulary.getSchedulesList());
    Map<String, String> meanings = vocabulary.getAugmentationsList().stream().collect(Collectors.toMap(RecipeChoice::getName, RecipeChoice::getMeaning));
    String before = augmentation.getValue();
    augmentation.setItems(new ArrayList<>(vocabulary.getAugmentationsList().stream().map(RecipeChoice::getName).toList()));
    augmentation.addValueChangeListener(change -> {
      augmentation.setHelperText(meanings.getOrDefault(change.getValue(), ""));
      showViews(change.getValue());
    });
    choose(augmentation, before);
  }

  /** Offers the values of the augmentations that have a name. */
  public void offerViews(List<Augmentation> named) {
    augmentations = named.stream().collect(Collectors.toMap(Augmentation::getName, Function.identity(), (first, _) -> first));
    if (views.message() == null) {
      showViews(augmentation.getValue());
    }
  }

  /** Offers named recipes; the first is taken. */
  public void offer(List<NamedRecipe> recipes, Consumer<NamedRecipe> taken) {
    preset.setItems(recipes);
    preset.addValueChangeListener(change -> {
      if (change.getValue() != null) {
        say(change.getValue());
        set(change.getValue().getRecipe());
        taken.accept(change.getValue());
      }
    });
    recipes.stream().findFirst().ifPresent(preset::setValue);
  }

  /** Shows this recipe. */
  public void set(TrainingRecipe recipe) {
    network.set(recipe.getNetwork(), recipe.getNetworkOptionsMap());
    Map<String, String> hyper = new HashMap<>();
    recipe.getObjectiveOptionsMap().forEach((name, value) -> hyper.put(name, Texts.text(value)));
    if (recipe.hasTemperature()) {
      hyper.put("temperature", Texts.text(recipe.getTemperature()));
    }
    objective.set(recipe.getObjective(), hyper);
    optimizer.set(recipe.getOptimizer(), Texts.of(recipe.getOptimizerOptions()));
    schedule.set(recipe.getSchedule().getName(), Texts.of(recipe.getSchedule()));
    choose(augmentation, recipe.getAugmentation());
    if (recipe.hasAugmentationValues()) {
      views.show(recipe.getAugmentationValues());
    }
    epochs.setValue(recipe.getEpochs());
    batch.setValue(recipe.getBatchSize() == 0 ? null : recipe.getBatchSize());
    projector.setValue(recipe.getProjectorList().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    projectorStyle.setValue(recipe.getProjectorStyle().isEmpty() ? null : recipe.getProjectorStyle());
    learningRate.setValue(recipe.hasLearningRate() ? Texts.text(recipe.getLearningRate()) : "");
    weightDecay.setValue(recipe.hasWeightDecay() ? Texts.text(recipe.getWeightDecay()) : "");
    warmup.setValue(recipe.hasWarmupEpochs() ? Texts.text(recipe.getWarmupEpochs()) : "");
    seed.setValue(String.valueOf(recipe.getSeed()));
    resume.setValue(recipe.hasResumePointSteps() ? String.valueOf(recipe.getResumePointSteps()) : "");
    ema.setValue(Texts.text(recipe.getEmaMomentum()));
    emaFinal.setValue(recipe.hasEmaFinalMomentum() ? Texts.text(recipe.getEmaFinalMomentum()) : "");
    choose(emaSchedule, recipe.getEmaSchedule());
    choose(precision, recipe.getPrecision());
    probed.setValue(recipe.hasOnlineProbes());
    probes.set(recipe.hasOnlineProbes() ? Texts.of(recipe.getOnlineProbes()) : Map.of());
    attacked.setValue(recipe.hasOnlineAttack());
    attacks.set(recipe.hasOnlineAttack() ? Texts.of(recipe.getOnlineAttack()) : Map.of());
    isPrivate.setValue(recipe.hasDpSgd());
    privacy.set(recipe.hasDpSgd() ? Texts.of(recipe.getDpSgd()) : Map.of());
  }

  /**
   * The recipe as it is typed.
   *
   * @throws NumberFormatException unless it is {@link #readable}
   */
  public TrainingRecipe recipe() {
    TrainingRecipe.Builder recipe = TrainingRecipe.newBuilder().setNetwork(network.name()).putAllNetworkOptions(network.options.values())
        .setObjective(objective.name()).setEpochs(Fields.or(epochs, 0)).setBatchSize(Fields.or(batch, 0)).setOptimizer(optimizer.name())
        .setAugmentation(Fields.or(augmentation, "")).setEmaSchedule(Fields.or(emaSchedule, "")).setPrecision(Fields.or(precision, ""))
        .setProjectorStyle(Fields.or(projectorStyle, ""))
        .setSchedule(Texts.fill(LearningRateSchedule.newBuilder().setName(schedule.name()), schedule.options.values()));
    objective.options.values().forEach((name, value) -> recipe.putObjectiveOptions(name, Double.parseDouble(value)));
    if (!optimizer.options.values().isEmpty()) {
      recipe.setOptimizerOptions(Texts.fill(OptimizerOptions.newBuilder(), optimizer.options.values()));
    }
    Texts.fill(recipe, typed());
    Message typedViews = views.message();
    if (typedViews != null && !typedViews.equals(augmentations.get(recipe.getAugmentation()))) {
      recipe.setAugmentationValues((Augmentation) typedViews);
    }
    if (probed.getValue()) {
      recipe.setOnlineProbes(Texts.fill(OnlineProbes.newBuilder(), probes.values()));
    }
    if (attacked.getValue()) {
      recipe.setOnlineAttack(Texts.fill(OnlineAttack.newBuilder(), attacks.values()));
    }
    if (isPrivate.getValue()) {
      recipe.setDpSgd(Texts.fill(DpSgd.newBuilder(), privacy.values()));
    }
    return recipe.build();
  }

  /** Whether everything that has to be a number is one; if not, says so at the fields, all at once. */
  public boolean readable() {
    boolean readable = views.readable() & Stream.of(network.options, objective.options, optimizer.options, schedule.options, probes, attacks, privacy)
        .map(OptionFields::readable).reduce(true, Boolean::logicalAnd);
    for (TextField field : numbers().values()) {
      RecipeOption.Type type = field == seed || field == resume || field == projector ? RecipeOption.Type.INTEGER : RecipeOption.Type.NUMBER;
      String text = field.getValue().strip();
      String problem = text.isEmpty() ? "" : OptionFields.problem(RecipeOption.newBuilder().setType(type).build(), text);
      field.setErrorMessage(problem.isEmpty() || field != projector ? problem : "Whole numbers, separated by commas.");
      field.setInvalid(!problem.isEmpty());
      readable &= problem.isEmpty();
    }
    return readable;
  }

  /** The augmentation as it is typed, if one was offered; {@link #readable} says whether it can be read. */
  public Optional<Augmentation> augmentation() {
    return Optional.ofNullable((Augmentation) views.message());
  }

  /** The seed as it is typed; 0 if that is no number. */
  public long seed() {
    return seed.getValue().strip().matches("-?\\d{1,18}") ? Long.parseLong(seed.getValue().strip()) : 0;
  }

  /** Adds something below the values of the views. */
  public void addBelowViews(Component component) {
    viewGroup.add(component);
  }

  /** The groups of fields, for violations. */
  public List<Fields> fields() {
    return Stream.of(List.of(presetFields, networkFields, objectiveFields, trainingFields, optimizerFields, scheduleFields), views.fields().reversed(),
        List.of(viewFields, averageFields, probeFields, attackFields, privacyFields)).flatMap(List::stream).toList();
  }

  private Map<String, String> typed() {
    Map<String, String> typed = new HashMap<>();
    numbers().forEach((name, field) -> {
      if (!field.getValue().isBlank()) {
        typed.put(name, field.getValue().strip());
      }
    });
    return typed;
  }

  private Map<String, TextField> numbers() {
    return Map.of("projector", projector, "seed", seed, "resume_point_steps", resume, "learning_rate", learningRate, "weight_decay", weightDecay,
        "warmup_epochs", warmup, "ema_momentum", ema, "ema_final_momentum", emaFinal);
  }

  private void say(NamedRecipe recipe) {
    about.removeAll();
    about.add(new Span(recipe.getDescription()));
    if (!recipe.getSource().isEmpty()) {
      about.add(new Span(" Source: "), source(recipe.getSource()));
    }
  }

  private static Component source(String source) {
    Optional<String> address = Stream.of(source.split("\\s+")).filter(word -> word.matches("https?://\\S+")).findFirst();
    return address.<Component>map(url -> new Anchor(url.replaceAll("[),.;]+$", ""), source)).orElseGet(() -> new Span(source));
  }

  private void showViews(String name) {
    if (name != null && augmentations.containsKey(name)) {
      views.show(augmentations.get(name));
    }
  }

  /** {@code 2 views of the encoder's size}, {@code what happens to a view}. */
  static String words(Message part) {
    if (part instanceof ViewGroup group) {
      return Numbers.count(group.getViews(), "view") + (group.getSide() > 0 ? " of " + group.getSide() + " px"
          : group.getRelativeSide() > 0 && group.getRelativeSide() != 1 ? " of " + Texts.text(group.getRelativeSide()) + " × the encoder's size" : " of the encoder's size");
    }
    return part instanceof ViewRecipe ? "what happens to a view" : "";
  }

  private static Div group(String title, Fields fields) {
    Div group = new Div(new H3(title), fields);
    group.addClassName("recipe-group");
    return group;
  }

  /** A value this page does not know yet is offered too, not replaced. */
  private static void choose(Select<String> field, String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    if (!field.getListDataView().contains(value)) {
      field.getListDataView().addItem(value);
    }
    field.setValue(value);
  }

  private static RecipeOption option(String name, RecipeOption.Type type, String defaultValue, String meaning) {
    return RecipeOption.newBuilder().setName(name).setType(type).setDefaultValue(defaultValue).setMeaning(meaning).build();
  }

  private static final List<RecipeOption> PROBES = List.of(
      option("layers", RecipeOption.Type.TEXT, "output", "layer paths, separated by commas"),
      option("every_epochs", RecipeOption.Type.INTEGER, "", "empty: a tenth of the epochs"),
      option("images", RecipeOption.Type.INTEGER, "1000", "of the public set and external points at most"),
      option("k", RecipeOption.Type.INTEGER, "20", "neighbors of the kNN probe"));
  private static final List<RecipeOption> ATTACKS = List.of(
      option("every_epochs", RecipeOption.Type.INTEGER, "", "empty: a tenth of the epochs"),
      option("images", RecipeOption.Type.INTEGER, "500", "members at most, and as many images of the other encoder"),
      option("public_images", RecipeOption.Type.INTEGER, "2000", "that name the crops, at most"),
      option("k", RecipeOption.Type.INTEGER, "20", "neighbors that vote"),
      option("crop", RecipeOption.Type.TEXT, "lower_left", "lower_left, lower_right, upper_left, upper_right, or periphery: beside the boxes"),
      option("fraction", RecipeOption.Type.NUMBER, "0.3", "of a corner's sides, in (0, 1)"),
      option("cut", RecipeOption.Type.TEXT, "", "projector, backbone or a layer's path; empty: the projector where there is one"));
  private static final List<RecipeOption> PRIVACY = List.of(
      option("noise_multiplier", RecipeOption.Type.NUMBER, "", "deviation of the noise by the clip norm, above 0; required"),
      option("clip_norm", RecipeOption.Type.NUMBER, "1", "largest norm of one image's gradient"),
      option("delta", RecipeOption.Type.NUMBER, "", "in (0, 1); empty: 1 / (10 · images)"));
}
