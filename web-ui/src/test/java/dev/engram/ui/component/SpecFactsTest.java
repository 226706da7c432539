package dev.engram.ui.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import dev.engram.v1.Augmentation;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RandomCrop;
import dev.engram.v1.Run;
import dev.engram.v1.RunProgress;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitPool;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecFactsTest {

  @Test
  void everyValueOfASpecIsThere() {
    TrainEncoderSpec spec = TrainEncoderSpec.newBuilder().setSplit("splits/x").setSide(TrainEncoderSpec.Side.CANDIDATE)
        .setRecipe(TrainingRecipe.newBuilder().setNetwork("resnet9").setWeightDecay(0).addProjector(256).addProjector(64)).build();
    List<SpecFacts.Entry> entries = SpecFacts.entries(spec);
    assertEquals(new SpecFacts.Entry("split", "splits/x", true), entries.getFirst());
    assertTrue(entries.contains(new SpecFacts.Entry("side", "candidate", true)));
    assertTrue(entries.contains(new SpecFacts.Entry("recipe.projector", "256, 64", true)));
    assertTrue(entries.contains(new SpecFacts.Entry("recipe.weight_decay", "0", true)), "set to 0 is not unset");
    long values = TrainingRecipe.getDescriptor().getFields().stream()
        .filter(field -> field.isRepeated() || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE).count();
    assertEquals(TrainEncoderSpec.getDescriptor().getFields().size() - 1 + values, entries.size());
    assertFalse(entries.stream().filter(entry -> entry.name().equals("recipe.temperature")).findFirst().orElseThrow().set());
  }

  @Test
  void aConstantIsSaidWithoutItsType() {
    EditEncoderSpec edit = EditEncoderSpec.newBuilder().setPrune(PruneUnits.newBuilder().setBy(PruneUnits.By.HIGHEST)
        .setPool(UnitPool.UNIT_POOL_PER_LAYER)).build();
    assertTrue(SpecFacts.entries(edit).contains(new SpecFacts.Entry("prune.pool", "per layer", true)));
    assertTrue(SpecFacts.entries(edit).contains(new SpecFacts.Entry("prune.by", "highest", true)));
  }

  @Test
  void optionsAreSaidByName() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().putNetworkOptions("patch", "4").build();
    assertTrue(SpecFacts.entries(recipe).contains(new SpecFacts.Entry("network_options", "patch 4", true)), SpecFacts.entries(recipe).toString());
  }

  @Test
  void whatDoesNotApplyToARecipeIsLeftOut() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setSchedule(LearningRateSchedule.newBuilder().setName("warmup_cosine").setFinalFraction(0.001))
        .setOptimizerOptions(OptimizerOptions.newBuilder().setBeta1(0.9))
        .setAugmentationValues(Augmentation.newBuilder().addGroups(ViewGroup.newBuilder().setViews(2).addRecipes(ViewRecipe.newBuilder()
            .setCrop(RandomCrop.newBuilder().setMinArea(0.3).setMaxArea(1)).setHorizontalFlip(0.5)))).build();
    List<String> names = SpecFacts.entries(recipe).stream().map(SpecFacts.Entry::name).filter(name -> name.contains(".")).toList();
    assertTrue(names.containsAll(List.of("schedule.name", "schedule.final_fraction", "optimizer_options.beta1")));
    assertFalse(names.contains("schedule.gamma"));
    assertFalse(names.contains("schedule.milestones"));
    assertFalse(names.contains("optimizer_options.trust_coefficient"));
    assertTrue(SpecFacts.entries(recipe).contains(new SpecFacts.Entry("augmentation_values.groups",
        "views 2, recipes crop: min area 0.3, crop: max area 1, horizontal flip 0.5", true)), SpecFacts.entries(recipe).toString());
    assertTrue(SpecFacts.entries(recipe).contains(new SpecFacts.Entry("seed", "0", true)), "a seed of 0 is a seed");
  }

  @Test
  void progressInWords() {
    Run run = Run.newBuilder().setState(Run.State.RUNNING).setProgress(RunProgress.newBuilder().setStage("training").setDone(412)
        .setTotal(1170).setUnit("step").setRate(8.1).setEta(Duration.newBuilder().setSeconds(93))).build();
    assertEquals("training · 412 of 1,170 steps · 8.1 steps/s · 1 min 33 s left", ProgressLine.words(run));
    assertEquals("training · 412 of 1,170 steps", ProgressLine.words(run.toBuilder().setState(Run.State.PAUSED).build()));
  }

  @Test
  void aRequestThatIsNotReachedYetIsSaid() {
    assertEquals("pausing", StateBadge.text(Run.newBuilder().setState(Run.State.RUNNING).setRequestedState(Run.State.PAUSED).build()));
    assertEquals("lost", StateBadge.text(Run.newBuilder().setState(Run.State.LOST).build()));
  }
}
