package dev.engram.ui.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NewPairFormsTest {
  private static final Dataset SMALL = dataset("small", 400);
  private static final Dataset LARGE = dataset("large", 10_000);

  @Test
  void anEmptyInstallationRegistersTheBundledSet() {
    DatasetForm form = new DatasetForm();
    form.offer(List.of(), "");
    assertEquals(Optional.empty(), form.chosen());
    assertEquals(DatasetForm.FASHION, form.request().getSpec().getBundled().getId());
    assertEquals(OptionalLong.of(10_000), form.images());
  }

  @Test
  void theLargestSetIsOfferedUnlessOneIsNamed() {
    DatasetForm form = new DatasetForm();
    form.offer(List.of(SMALL, LARGE), "");
    assertEquals(Optional.of("datasets/large"), form.chosen());
    form.offer(List.of(SMALL, LARGE), "datasets/small");
    assertEquals(OptionalLong.of(400), form.images());
    assertFalse(form.source.isVisible());
  }

  @Test
  void aSourceFillsItsOwnFieldsOnly() {
    DatasetForm form = new DatasetForm();
    form.source.setValue(DatasetForm.Source.CIFAR10);
    form.cifarPath.setValue("/data/cifar-10 ");
    assertTrue(form.cifarPath.isVisible());
    assertFalse(form.idxImages.isVisible());
    assertEquals("/data/cifar-10", form.request().getSpec().getCifar10().getPath());
    assertEquals(OptionalLong.empty(), form.images());
  }

  @Test
  void theSumOfTheSplitIsSaid() {
    assertEquals("10,000 of 10,000 images.", SplitForm.sumText(10_000, OptionalLong.of(10_000)));
    assertEquals("500 of 400 images: 100 too many.", SplitForm.sumText(500, OptionalLong.of(400)));
    assertEquals("300 of 400 images; 100 stay unused.", SplitForm.sumText(300, OptionalLong.of(400)));
    assertEquals("300 images in all.", SplitForm.sumText(300, OptionalLong.empty()));
  }

  @Test
  void sizesAreAddedUpWhileTheyAreTyped() {
    SplitForm form = new SplitForm();
    form.offer(List.of(), OptionalLong.of(9_000));
    assertEquals("10,000 of 9,000 images: 1,000 too many.", form.sum.getText());
    form.shared.setValue(2000);
    assertEquals("9,000 of 9,000 images.", form.sum.getText());
    assertEquals(CreateSplitSpec.newBuilder().setDataset("datasets/x").setShared(2000).setCandidate(1000).setIndependent(1000)
        .setExternal(1000).setPublicSet(4000).build(), form.request("datasets/x").getSpec());
  }

  @Test
  void aNamedRecipeFillsEveryFieldAndComesBackWhole() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setNetwork("resnet18").setObjective("simclr").setTemperature(0.2)
        .addProjector(512).addProjector(128).setEpochs(7).setBatchSize(64).setOptimizer("lars").setLearningRate(0.15)
        .setWeightDecay(1e-5).setWarmupEpochs(0.5).setAugmentation("one-we-do-not-know").setSeed(11).setEmaMomentum(0.99)
        .setResumePointSteps(40).build();
    RecipeForm form = new RecipeForm();
    List<String> taken = new ArrayList<>();
    form.offer(List.of(NamedRecipe.newBuilder().setId("mine").setRecipe(recipe).build()), named -> taken.add(named.getId()));
    assertEquals(recipe, form.recipe());
    assertEquals(List.of("mine"), taken);
  }

  @Test
  void whatIsLeftEmptyIsLeftToTheService() {
    RecipeForm form = new RecipeForm();
    TrainingRecipe recipe = form.recipe();
    assertFalse(recipe.hasLearningRate());
    assertFalse(recipe.hasWarmupEpochs());
    assertFalse(recipe.hasResumePointSteps());
    assertEquals(List.of(256, 64), recipe.getProjectorList());
  }

  @Test
  void widthsThatCannotBeReadAreRefusedAtTheField() {
    RecipeForm form = new RecipeForm();
    form.projector.setValue("256, wide");
    assertFalse(form.readable());
    assertTrue(form.projector.isInvalid());
    form.projector.setValue("256 64");
    assertTrue(form.readable());
    assertEquals(List.of(256, 64), form.recipe().getProjectorList());
  }

  private static Dataset dataset(String id, long images) {
    return Dataset.newBuilder().setName("datasets/" + id).setSummary(DatasetSummary.newBuilder().setImages(images)).build();
  }
}
