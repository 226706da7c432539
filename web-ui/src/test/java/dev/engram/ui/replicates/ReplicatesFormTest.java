package dev.engram.ui.replicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicatesFormTest {
  private static final Pair TRAINED = Pair.newBuilder().setName("pairs/a").setSplit("splits/s")
      .setRecipe(TrainingRecipe.newBuilder().setNetwork("resnet9").setSeed(4)).build();
  private static final Pair OTHER = TRAINED.toBuilder().setName("pairs/b").setSplit("splits/t").build();
  private static final Pair IMPORTED = Pair.newBuilder().setName("pairs/c").setSplit("splits/u").build();

  private final ReplicatesForm form = new ReplicatesForm();

  @Test
  void aPairsSplitAndRecipeWithOtherSeeds() {
    form.offer(List.of(IMPORTED, TRAINED, OTHER), "b");
    form.seeds.setValue("3, 1;2");
    form.views.setValue(4);
    CreateReplicatesRequest request = form.request();
    assertEquals("splits/t", request.getPlan().getSplit());
    assertEquals("resnet9", request.getPlan().getRecipe().getNetwork());
    assertEquals(0, request.getPlan().getRecipe().getSeed());
    assertEquals(List.of(3L, 1L, 2L), request.getPlan().getSeedsList());
    assertEquals(4, request.getPlan().getLayerMem().getViews());
    assertTrue(request.getPlan().hasUnitMem());
    assertFalse(request.getPlan().hasClassMem());
    assertEquals(List.of("*"), request.getPlan().getProbe().getLayersList());
  }

  @Test
  void theNewestPairThatWasTrainedIsChosenFirst() {
    form.offer(List.of(IMPORTED, TRAINED, OTHER), "");
    assertEquals("splits/s", form.request().getPlan().getSplit());
  }

  @Test
  void seedsThatAreNoNumbersAreRefusedAtTheirField() {
    form.seeds.setValue("1, two");
    assertFalse(form.readable());
    assertTrue(form.seeds.isInvalid());
    form.seeds.setValue("1 2");
    assertTrue(form.readable());
    assertFalse(form.seeds.isInvalid());
  }
}
