package dev.engram.ui.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.engram.ui.preset.Preset;
import dev.engram.v1.AttackPreset;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.BoxPartition;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.Pair;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.Split;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepFormTest {
  private static final Split SPLIT = Split.newBuilder().setName("splits/s").setSpec(CreateSplitSpec.newBuilder().setShared(300).setCandidate(100)).build();
  private static final Split BOXES = Split.newBuilder().setName("splits/t")
      .setSpec(CreateSplitSpec.newBuilder().setPartition(BoxPartition.newBuilder().setPerClass(50))).build();
  private static final Pair CONTRASTIVE = Pair.newBuilder().setName("pairs/a").setSplit("splits/s").setRecipe(TrainingRecipe.newBuilder()
      .setEpochs(30).setSeed(4).setWarmupEpochs(3).setLearningRate(0.1).putObjectiveOptions("temperature", 0.5).addProjector(256).addProjector(64)).build();
  private static final Pair VICREG = CONTRASTIVE.toBuilder().setName("pairs/b").setSplit("splits/t").setRecipe(TrainingRecipe.newBuilder()
      .setEpochs(3).putObjectiveOptions("invariance", 25)).build();

  private final SweepForm form = new SweepForm();

  @Test
  void epochsAreScaledToThePairs() {
    form.offer(List.of(CONTRASTIVE, VICREG), List.of(SPLIT, BOXES), "");
    AttackSweepPlan plan = form.request().getPlan();
    assertEquals("splits/s", plan.getSplit());
    assertEquals(0, plan.getRecipe().getSeed());
    assertFalse(plan.getRecipe().hasWarmupEpochs(), "a tenth of each");
    assertEquals(List.of(axis("epochs", "2", "3", "8", "15", "23", "30")), plan.getAxesList());
    assertEquals(List.of(0L), plan.getSeedsList());
    assertEquals(0.3, plan.getDejaVu().getCrops(0).getCorner().getFraction());
    assertEquals("6 points: 6 pairs, 12 trainings.", form.costWords());
  }

  @Test
  void everyPresetFitsThePair() {
    form.offer(List.of(CONTRASTIVE, VICREG), List.of(SPLIT, BOXES), "");
    assertEquals(
        List.of(SweepPreset.EPOCHS, SweepPreset.TRAINING_IMAGES, SweepPreset.TEMPERATURE, SweepPreset.PROJECTOR, SweepPreset.CROP, SweepPreset.OTHER),
        SweepPreset.of(CONTRASTIVE.getRecipe(), SPLIT.getSpec()));
    assertEquals(List.of(SweepPreset.EPOCHS, SweepPreset.PER_CLASS, SweepPreset.INVARIANCE, SweepPreset.CROP, SweepPreset.OTHER),
        SweepPreset.of(VICREG.getRecipe(), BOXES.getSpec()));
    form.preset.setValue(SweepPreset.TRAINING_IMAGES);
    assertEquals(List.of(axis("training_images", "160", "220", "280", "340", "400")), form.request().getPlan().getAxesList());
    assertEquals(3, form.request().getPlan().getRecipe().getWarmupEpochs());
    form.preset.setValue(SweepPreset.PROJECTOR);
    assertEquals(List.of(axis("projector", "64-16", "128-32", "256-64", "512-128")), form.request().getPlan().getAxesList());
    assertEquals("4 points: 4 pairs, 8 trainings of 30 epochs each.", form.costWords());
    form.preset.setValue(SweepPreset.CROP);
    assertEquals(0, form.request().getPlan().getAxesCount());
    assertEquals(7, form.request().getPlan().getDejaVu().getCropsCount());
    form.pair.setValue(VICREG);
    form.preset.setValue(SweepPreset.INVARIANCE);
    form.preset.setValue(SweepPreset.PER_CLASS);
    assertEquals(List.of(axis("per_class", "10", "20", "30", "40", "50")), form.request().getPlan().getAxesList());
    form.preset.setValue(SweepPreset.INVARIANCE);
    assertEquals("objective_options.invariance", form.request().getPlan().getAxes(0).getField());
  }

  @Test
  void aSecondAxisSeedsAndNamedSplits() {
    form.offer(List.of(CONTRASTIVE), List.of(SPLIT), "a");
    form.preset.setValue(SweepPreset.TEMPERATURE);
    form.values.setValue("0.1, 0.2");
    form.second.setValue("split");
    form.secondValues.setValue("splits/s, splits/u");
    form.seeds.setValue("1, 2, 3");
    AttackSweepPlan plan = form.request().getPlan();
    assertEquals(List.of(axis("objective_options.temperature", "0.1", "0.2"), axis("split", "splits/s", "splits/u")), plan.getAxesList());
    assertEquals("", plan.getSplit());
    assertEquals("4 points: 12 pairs, 24 trainings of 30 epochs each.", form.costWords());
    assertTrue(form.readable());
    form.seeds.setValue("one");
    assertFalse(form.readable());
  }

  @Test
  void aWrongValueIsNamedAtItsAxis() {
    form.offer(List.of(CONTRASTIVE), List.of(SPLIT), "");
    form.values.setValue("1, 0");
    form.second.setValue("batch_size");
    form.secondValues.setValue("8, 1");
    assertEquals(List.of(), form.show(List.of(violation("plan.axes[0].values[1]", "must be at least 1"), violation("plan.axes[1].values[1]", "must be 2 or more"))));
    assertEquals("0: must be at least 1", form.values.getErrorMessage());
    assertEquals("1: must be 2 or more", form.secondValues.getErrorMessage());
    assertEquals(1, form.show(List.of(violation("plan.recipe.network", "is unknown"))).size());
  }

  @Test
  void theAttackIsAsAPresetSaysOnWhateverTrainings() {
    form.offer(List.of(CONTRASTIVE), List.of(SPLIT), "");
    DejaVuSpec cuts = DejaVuSpec.newBuilder().setK(100).addCuts("projector").addCuts("backbone")
        .addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance())).build();
    AttackPreset.Builder preset = AttackPreset.newBuilder().setId("cuts").setDescription("Both.").setSource("a paper").setDejaVu(cuts);
    form.attackPresets.offer(Preset.of(List.of(preset.build(), preset.setDejaVu(cuts.toBuilder().setProbeControl(true)).build(),
        AttackPreset.newBuilder().setOneModel(OneModelSpec.getDefaultInstance()).build())));
    assertEquals(1, form.attackPresets.getListDataView().getItemCount());
    form.attackPresets.setValue(form.attackPresets.getListDataView().getItem(0));
    assertEquals(cuts, form.request().getPlan().getDejaVu());
    form.preset.setValue(SweepPreset.CROP);
    assertEquals(7, form.request().getPlan().getDejaVu().getCropsCount());
    form.preset.setValue(SweepPreset.EPOCHS);
    assertEquals(1, form.request().getPlan().getDejaVu().getCropsCount());
    assertEquals(List.of("projector", "backbone"), form.request().getPlan().getDejaVu().getCutsList());
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }

  private static SweepAxis axis(String field, String... values) {
    return SweepAxis.newBuilder().setField(field).addAllValues(List.of(values)).build();
  }
}
