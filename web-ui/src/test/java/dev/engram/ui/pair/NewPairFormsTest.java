package dev.engram.ui.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Dataset;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.Encoder;
import dev.engram.v1.NearDuplicates;
import dev.engram.v1.Split;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewPairFormsTest {
  private static final Dataset SMALL = dataset("small", 400);
  private static final Dataset LARGE = dataset("large", 10_000);

  @Test
  void anEmptyInstallationRegistersTheBundledSet() {
    DatasetForm form = new DatasetForm();
    form.offer(List.of(), "");
    assertEquals(Optional.empty(), form.chosen());
    assertEquals("fashion-mnist-test", form.request().getSpec().getBundled().getId());
    assertEquals(OptionalLong.of(10_000), form.images());
  }

  @Test
  void theLargestSetIsOfferedUnlessOneIsNamed() {
    DatasetForm form = new DatasetForm();
    form.offer(List.of(SMALL, LARGE), "");
    assertEquals(Optional.of("datasets/large"), form.chosen());
    form.offer(List.of(SMALL, LARGE), "datasets/small");
    assertEquals(OptionalLong.of(400), form.images());
    assertFalse(form.registration.isVisible());
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
  void publicImagesNearATrainingImageAreKeptNamedOrLeftOut() {
    SplitForm form = new SplitForm();
    form.offerEncoders(List.of(Encoder.newBuilder().setName("encoders/ready").setCheckpoint("artifacts/a").build(), Encoder.newBuilder().setName("encoders/training").build()));
    assertFalse(form.request("datasets/x").getSpec().hasNearDuplicates());
    assertFalse(form.nearDistance.isVisible());
    form.near.setValue(SplitForm.Near.NAME);
    assertTrue(form.nearDistance.isVisible());
    assertEquals(NearDuplicates.getDefaultInstance(), form.request("datasets/x").getSpec().getNearDuplicates());
    form.near.setValue(SplitForm.Near.LEAVE_OUT);
    form.nearEncoder.setValue("encoders/ready");
    form.nearDistance.setValue(0.01);
    assertEquals(NearDuplicates.newBuilder().setEncoder("encoders/ready").setDistance(0.01).setRemove(true).build(), form.request("datasets/x").getSpec().getNearDuplicates());
    assertEquals(List.of("encoders/ready"), form.nearEncoder.getListDataView().getItems().toList());
  }

  @Test
  void oneEncoderIsTrainedOnAWholeSetOrOnPartsOfASplit() {
    ImagesForm form = new ImagesForm();
    Split split = Split.newBuilder().setName("splits/s").setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/large")).build();
    form.offer(List.of(SMALL, LARGE), List.of(split), "datasets/large");
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setEpochs(2).build();
    assertEquals(TrainEncoderSpec.newBuilder().setDataset("datasets/large").setRecipe(recipe).build(), form.request(recipe).getSpec());
    form.split.setValue(split);
    form.parts.setValue(Set.of(TrainingPart.TRAINING_PART_PUBLIC, TrainingPart.TRAINING_PART_SHARED));
    assertEquals(TrainEncoderSpec.newBuilder().setSplit("splits/s").addParts(TrainingPart.TRAINING_PART_SHARED)
        .addParts(TrainingPart.TRAINING_PART_PUBLIC).setRecipe(recipe).build(), form.request(recipe).getSpec());
    form.dataset.setValue(SMALL);
    assertEquals("datasets/small", form.request(recipe).getSpec().getDataset());
  }

  private static Dataset dataset(String id, long images) {
    return Dataset.newBuilder().setName("datasets/" + id).setSummary(DatasetSummary.newBuilder().setImages(images)).build();
  }
}
