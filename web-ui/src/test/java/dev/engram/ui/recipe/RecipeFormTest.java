package dev.engram.ui.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.fake.FakeTrainerService;
import dev.engram.ui.form.Fields;
import dev.engram.v1.Augmentation;
import dev.engram.v1.DpSgd;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.RandomCrop;
import dev.engram.v1.Solarization;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecipeFormTest {
  private final RecipeForm form = new RecipeForm();

  @BeforeEach
  void offer() {
    form.offer(FakeTrainerService.VOCABULARY);
  }

  @Test
  void aNamedRecipeFillsEveryFieldAndComesBackWhole() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setNetwork("vit_tiny").putNetworkOptions("patch", "8").putNetworkOptions("pool", "mean")
        .setObjective("vicreg").putObjectiveOptions("variance", 12.5).addProjector(512).addProjector(128).setProjectorStyle("plain").setEpochs(7).setBatchSize(64)
        .setOptimizer("lars").setOptimizerOptions(OptimizerOptions.newBuilder().setMomentum(0.95).setDecayVectors(true)).setLearningRate(0.15)
        .setWeightDecay(1e-5).setWarmupEpochs(0.5).setSchedule(LearningRateSchedule.newBuilder().setName("step").setGamma(0.2).addMilestones(3).addMilestones(5.5))
        .setAugmentation("one-we-do-not-know").setSeed(11).setEmaMomentum(0.99).setEmaFinalMomentum(1).setEmaSchedule("linear").setPrecision("bfloat16").setResumePointSteps(40)
        .setOnlineProbes(OnlineProbes.newBuilder().addLayers("output").addLayers("blocks.3").setEveryEpochs(2).setImages(500).setK(5))
        .setOnlineAttack(OnlineAttack.newBuilder().setEveryEpochs(3).setImages(100).setPublicImages(400).setK(7).setCrop("upper_left").setFraction(0.4).setCut("backbone"))
        .setDpSgd(DpSgd.newBuilder().setNoiseMultiplier(1.1).setClipNorm(0.5)).build();
    List<String> taken = new ArrayList<>();
    form.offer(List.of(NamedRecipe.newBuilder().setId("mine").setRecipe(recipe).build()), named -> taken.add(named.getId()));
    assertTrue(form.readable());
    assertEquals(recipe, form.recipe());
    assertEquals(List.of("mine"), taken);
  }

  @Test
  void everyValueOfTheViewsCanBeEditedAndIsSentOnlyThen() {
    Augmentation preset = Augmentation.newBuilder().setName("simclr-normal").setSource("a paper").addGroups(ViewGroup.newBuilder().setViews(2).setRelativeSide(1)
        .addRecipes(ViewRecipe.newBuilder().setHorizontalFlip(0.5).setCrop(RandomCrop.newBuilder().setMinArea(0.08).setMaxArea(1)))).build();
    form.offerViews(List.of(preset));
    assertFalse(form.recipe().hasAugmentationValues());
    TextField flip = field("recipe.augmentation_values.groups[0].recipes[0].horizontal_flip");
    assertEquals("0.5", flip.getValue());
    flip.setValue("often");
    assertFalse(form.readable());
    assertTrue(flip.isInvalid());
    flip.setValue("0.25");
    field("recipe.augmentation_values.groups[0].recipes[0].solarization.probability").setValue("0.2");
    assertTrue(form.readable());
    assertEquals("a paper", form.recipe().getAugmentationValues().getSource());
    ViewRecipe sent = form.recipe().getAugmentationValues().getGroups(0).getRecipes(0);
    assertEquals(ViewRecipe.newBuilder().setHorizontalFlip(0.25).setCrop(RandomCrop.newBuilder().setMinArea(0.08).setMaxArea(1))
        .setSolarization(Solarization.newBuilder().setProbability(0.2)).build(), sent);
    List<FieldViolation> rest = List.of(violation("spec.recipe.augmentation_values.groups[0].recipes[0].crop.min_area"));
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    assertTrue(field("recipe.augmentation_values.groups[0].recipes[0].crop.min_area").isInvalid());
  }

  @Test
  void groupsOfViewsAreAddedAndRemoved() {
    ViewGroup large = ViewGroup.newBuilder().setViews(2).setRelativeSide(1).addRecipes(ViewRecipe.newBuilder().setHorizontalFlip(0.5)).build();
    form.offerViews(List.of(Augmentation.newBuilder().setName("simclr-normal").addGroups(large).build()));
    assertEquals(0, buttons("Remove this group of views").size(), "the last one stays");
    field("recipe.augmentation_values.groups[0].views").setValue("3");
    buttons("Add a group of views").getFirst().click();
    field("recipe.augmentation_values.groups[1].views").setValue("six");
    buttons("Add a recipe of a view").getLast().click();
    assertTrue(field("recipe.augmentation_values.groups[1].views").isInvalid(), "nothing typed is lost");
    field("recipe.augmentation_values.groups[1].views").setValue("6");
    field("recipe.augmentation_values.groups[1].side").setValue("16");
    buttons("Add a recipe of a view").getLast().click();
    field("recipe.augmentation_values.groups[1].recipes[1].horizontal_flip").setValue("0");
    Augmentation two = form.recipe().getAugmentationValues();
    assertEquals(List.of(large.toBuilder().setViews(3).build(), large.toBuilder().setViews(6).setSide(16)
        .addRecipes(ViewRecipe.getDefaultInstance()).build()), two.getGroupsList());
    buttons("Remove this group of views").getFirst().click();
    assertEquals(List.of(two.getGroups(1)), form.recipe().getAugmentationValues().getGroupsList());
  }

  @Test
  void whatIsChosenBringsItsOptionsWithTheirDefaults() {
    assertEquals("resnet9", form.network.name());
    assertTrue(form.recipe().getNetworkOptionsMap().isEmpty());
    form.network.choice.setValue("vit_tiny");
    assertEquals("4", form.recipe().getNetworkOptionsOrThrow("patch"));
    form.optimizer.choice.setValue("lars");
    assertEquals(0.9, form.recipe().getOptimizerOptions().getMomentum());
    assertFalse(form.recipe().getOptimizerOptions().hasBeta1(), "an option of adam is not sent with lars");
  }

  @Test
  void whatIsLeftEmptyIsLeftToTheService() {
    TrainingRecipe recipe = form.recipe();
    assertFalse(recipe.hasLearningRate());
    assertFalse(recipe.hasWarmupEpochs());
    assertFalse(recipe.hasResumePointSteps());
    assertFalse(recipe.hasOnlineProbes());
    assertFalse(recipe.hasDpSgd());
    assertEquals(0, recipe.getProjectorCount());
  }

  @Test
  void everythingThatIsNoNumberIsSaidAtItsFieldAtOnce() {
    form.projector.setValue("256, wide");
    form.learningRate.setValue("fast");
    form.objective.options.set(java.util.Map.of("temperature", "hot"));
    assertFalse(form.readable());
    assertTrue(form.projector.isInvalid());
    assertTrue(form.learningRate.isInvalid());
    assertEquals(1, count("recipe.objective_options.temperature"));
    form.projector.setValue("256 64");
    form.learningRate.setValue("1e-3");
    form.objective.options.set(java.util.Map.of("temperature", ".2"));
    assertTrue(form.readable());
    assertEquals(List.of(256, 64), form.recipe().getProjectorList());
    assertEquals(0.2, form.recipe().getObjectiveOptionsOrThrow("temperature"));
  }

  @Test
  void aViolationIsShownAtTheOptionItMeans() {
    form.network.choice.setValue("vit_tiny");
    form.schedule.choice.setValue("step");
    List<FieldViolation> rest = List.of(violation("spec.recipe.network_options.patch"), violation("recipe.schedule.milestones[1]"),
        violation("recipe.projector[0]"), violation("recipe.dp_sgd.delta"));
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    assertEquals(List.of(), rest);
    assertEquals(1, count("recipe.network_options.patch"));
    assertEquals(1, count("recipe.schedule.milestones"));
    assertTrue(form.projector.isInvalid());
    assertTrue(form.isPrivate.isInvalid(), "while DP-SGD is off its switch stands for its fields");
  }

  private TextField field(String path) {
    return form.views.fields().stream().flatMap(Component::getChildren)
        .filter(one -> path.equals(one.getElement().getAttribute("data-path"))).map(TextField.class::cast).findFirst().orElseThrow();
  }

  private List<Button> buttons(String text) {
    return descendants(form.views).filter(one -> one instanceof Button button && button.getText().equals(text)).map(Button.class::cast).toList();
  }

  private static Stream<Component> descendants(Component component) {
    return component.getChildren().flatMap(child -> Stream.concat(Stream.of(child), descendants(child)));
  }

  private long count(String path) {
    return form.fields().stream().flatMap(Component::getChildren)
        .filter(field -> path.equals(field.getElement().getAttribute("data-path")) && field.getElement().getProperty("invalid", false)).count();
  }

  private static FieldViolation violation(String field) {
    return FieldViolation.newBuilder().setField(field).setDescription("Is wrong.").build();
  }
}
