package dev.engram.ui.intervention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import dev.engram.ui.map.EncoderMeasures;
import dev.engram.v1.Architecture;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.Encoder;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.ExchangeSpec;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScope;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.Pair;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruneUnits.By;
import dev.engram.v1.PruningSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Split;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.TrainingVocabulary;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.UnitPool;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be picked is what fits; what is picked is what is asked for. */
class InterventionFormsTest {
  private static final ModuleNode ROOT = ModuleNode.newBuilder()
      .addChildren(leaf("conv1", "conv", 64)).addChildren(leaf("bn1", "batch_norm", 64)).addChildren(leaf("relu", "relu", 64)).addChildren(leaf("maxpool", "max_pool", 64))
      .addChildren(ModuleNode.newBuilder().setPath("layer1")
          .addChildren(leaf("layer1.conv1", "conv", 64)).addChildren(leaf("layer1.conv2", "conv", 64)).addChildren(leaf("layer1.add", "add", 64))
          .addChildren(leaf("layer1.relu", "relu", 64)))
      .addChildren(leaf("fc", "linear", 10)).build();
  private static final Architecture RESNET = Architecture.newBuilder().setNetwork("resnet18").setChannels(3).setSide(32).setRoot(ROOT).build();
  private static final Pair PAIR = Pair.newBuilder().setName("pairs/p").setCandidate("encoders/f").setReference("encoders/g").build();
  private static final Run UNIT_MEM = run("u", RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p")));
  private static final Run OF_THE_REFERENCE = run("ug", RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p").setReference(true)));
  private static final Run LAYER_MEM = run("l", RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/p")));
  private static final Run OF_ANOTHER_PAIR = run("l2", RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/q")));

  private final Choices all = choices(List.of(OF_THE_REFERENCE, UNIT_MEM, OF_ANOTHER_PAIR, LAYER_MEM));

  @Test
  void whatFitsCanBePicked() {
    assertEquals(List.of(UNIT_MEM), all.unitMems());
    assertEquals(List.of(LAYER_MEM), all.layerMems());
    assertEquals(List.of("encoders/g", "encoders/tuned", "encoders/imported"), all.others().stream().map(Encoder::getName).toList());
    assertEquals(List.of("encoders/tuned"), all.madeOfIt().stream().map(Encoder::getName).toList());
    assertEquals(List.of("splits/s"), all.probed().stream().map(Split::getName).toList());
    assertEquals(List.of("conv1", "layer1.conv1", "layer1.conv2", "fc"), all.layers().stream().map(EditableLayer::path).toList());
    assertEquals(List.of("conv1", "layer1", "layer1.conv1", "layer1.conv2", "fc"), all.parts().stream().map(EditableLayer::path).toList());
    assertEquals("layer1 · block, 2 layers", all.parts().get(1).words());
    assertEquals(List.of("conv1", "layer1.conv1", "layer1.conv2"), all.usualLayers().stream().map(EditableLayer::path).toList());
  }

  @Test
  void aTransformersUsualLayersAreAroundItsGelus() {
    ModuleNode block = ModuleNode.newBuilder().addChildren(leaf("patch_embed.proj", "conv", 8)).addChildren(leaf("attn.qkv", "linear", 24))
        .addChildren(leaf("attn.proj", "linear", 8)).addChildren(leaf("norm2", "layer_norm", 8)).addChildren(leaf("mlp.fc1", "linear", 32))
        .addChildren(leaf("mlp.act", "gelu", 32)).addChildren(leaf("mlp.fc2", "linear", 8)).build();
    assertEquals(List.of("mlp.fc1", "mlp.fc2"),
        EditableLayer.usual(Architecture.newBuilder().setRoot(block).build()).stream().map(EditableLayer::path).toList());
  }

  @Test
  void aModuleOfAMapMeansLayers() {
    assertEquals(List.of("conv1"), meant(ROOT.getChildren(2)));
    assertEquals(List.of(), meant(ROOT.getChildren(3)));
    assertEquals(List.of("layer1.conv1", "layer1.conv2"), meant(ROOT.getChildren(4)));
    assertEquals(List.of(), meant(ROOT.getChildren(4).getChildren(3)));
  }

  @ParameterizedTest
  @EnumSource
  void aFormThatNobodyTouchedAsksForItsPreset(Intervention intervention) {
    new Presets(all.parts()).of(intervention).forEach((name, preset) -> {
      InterventionForm form = intervention.form(all);
      form.fill(preset);
      if (!name.contains("my choice")) {
        assertTrue(form.readable(), name);
      }
      Message spec = form.spec();
      assertTrue(says(spec, preset), () -> name + ": " + spec + " does not say " + preset);
    });
  }

  @Test
  void aPruningCurve() {
    PruningForm form = new PruningForm(all);
    form.shares.setValue("0, 12.5; 30");
    form.layers.setValue(Set.of(all.layers().get(2), all.layers().get(0)));
    PruningSpec.Builder asked = PruningSpec.newBuilder().setSource("encoders/f").setUnitMem("runs/u").addAllStrategies(List.of(By.HIGHEST, By.LOWEST, By.RANDOM))
        .addPools(UnitPool.UNIT_POOL_PER_LAYER).addAllShares(List.of(0.0, 0.125, 0.3)).setTrials(10).addLayers("conv1").addLayers("layer1.conv2");
    assertEquals(asked.build(), form.spec());
    form.orders.setValue(Set.of(By.RANDOM));
    assertFalse(form.unitMem.isVisible());
    assertEquals(asked.clearStrategies().addStrategies(By.RANDOM).clearUnitMem().build(), form.spec());
    form.orders.setValue(Set.of(By.LOWEST));
    assertFalse(form.trials.isVisible());
    assertEquals(asked.clearStrategies().addStrategies(By.LOWEST).setUnitMem("runs/u").clearTrials().build(), form.spec());
    form.shares.setValue("0, 120");
    assertFalse(form.readable());
    form.shares.setValue("a tenth");
    assertFalse(form.readable());
    assertTrue(form.shares.isInvalid());
  }

  @Test
  void withoutAUnitMemUnitsAreDrawn() {
    Choices none = choices(List.of(OF_THE_REFERENCE));
    PruningForm curve = new PruningForm(none);
    new Presets(none.parts()).of(Intervention.PRUNING).values().forEach(curve::fill);
    assertEquals(List.of(By.RANDOM), curve.spec().getStrategiesList());
    PruneForm once = new PruneForm(none);
    assertEquals(By.RANDOM, once.spec().getPrune().getBy());
    assertTrue(once.seed.isVisible());
  }

  @Test
  void prunedUnits() {
    PruneForm form = new PruneForm(all);
    form.share.setValue(140.0);
    assertFalse(form.readable());
    assertTrue(form.share.isInvalid());
    form.share.setValue(12.5);
    assertTrue(form.readable());
    form.point(List.of(all.layers().get(1)), OptionalInt.empty());
    assertEquals(EditEncoderSpec.newBuilder().setSource("encoders/f").setPrune(PruneUnits.newBuilder().setBy(By.HIGHEST).setUnitMem("runs/u")
        .setShare(0.125).setPool(UnitPool.UNIT_POOL_PER_LAYER).addLayers("layer1.conv1")).build(), form.spec());
  }

  @Test
  void unitsThatImagesOwnAndAsManyOthers() {
    PruneForm form = new PruneForm(all);
    form.order.setValue(By.OWNED);
    assertFalse(form.share.isVisible() || form.pool.isVisible() || form.seed.isVisible());
    assertFalse(form.readable(), "no image is named");
    assertTrue(form.images.isInvalid());
    form.images.setValue("3, five");
    assertFalse(form.readable());
    form.images.setValue("3, 50003");
    form.share.setValue(null);
    assertTrue(form.readable());
    PruneUnits.Builder owned = PruneUnits.newBuilder().setBy(By.OWNED).setUnitMem("runs/u").addImages(3).addImages(50003);
    assertEquals(EditEncoderSpec.newBuilder().setSource("encoders/f").setPrune(owned).build(), form.spec());
    form.least.setValue(0.5);
    form.most.setValue(20);
    form.order.setValue(By.RANDOM_AS_OWNED);
    form.seed.setValue(7);
    assertEquals(owned.setBy(By.RANDOM_AS_OWNED).setLeastUnitMem(0.5).setMostUnits(20).setSeed(7).build(), form.spec().getPrune());
    form.order.setValue(By.RANDOM);
    assertFalse(form.images.isVisible() || form.unitMem.isVisible());
    form.share.setValue(5.0);
    assertEquals(PruneUnits.newBuilder().setBy(By.RANDOM).setShare(0.05).setPool(UnitPool.UNIT_POOL_PER_LAYER).setSeed(7).build(), form.spec().getPrune());
  }

  @Test
  void anExchangeCountsItsSets() {
    assertEquals(8 + 28 + 56, ExchangeForm.sets(8, 3));
    assertEquals(2, ExchangeForm.sets(2, 3) - 1);
    ExchangeForm form = new ExchangeForm(all);
    form.largest.setValue(3);
    form.scope.setValue(LayerScope.LAYER_SCOPE_WEIGHT);
    assertEquals(ExchangeSpec.newBuilder().setSource("encoders/f").setOther("encoders/g").setLargest(3).setScope(LayerScope.LAYER_SCOPE_WEIGHT)
        .setClasses(ExchangeSpec.ClassMatch.BY_NAME).setLayerMem("runs/l").build(), form.spec());
    form.layers.setValue(Set.of(all.parts().getLast(), all.parts().get(1)));
    assertEquals(List.of("layer1", "fc"), form.spec().getLayersList());
    assertEquals("3 encoders to probe: sets of 2 parts.", form.largest.getHelperText());
  }

  @Test
  void anEncoderOfAnotherNetworkIsSeenWhenItIsPicked() {
    ExchangeLayersForm form = new ExchangeLayersForm(all);
    form.describe(EncoderDescription.newBuilder().setArchitecture(RESNET).build());
    assertFalse(form.other.isInvalid());
    form.describe(EncoderDescription.newBuilder().setArchitecture(RESNET.toBuilder().setNetwork("vgg11")).build());
    assertTrue(form.other.isInvalid());
    assertEquals("Is a vgg11, this encoder a resnet18.", form.other.getErrorMessage());
    assertEquals("Takes images of 1 × 32 × 32, this encoder of 3 × 32 × 32.",
        InterventionForm.difference(RESNET, RESNET.toBuilder().setChannels(1).build()));
    assertFalse(InterventionForm.difference(RESNET, RESNET.toBuilder().setRoot(ROOT.getChildren(4)).build()).isEmpty());
  }

  @Test
  void aRestoredUnitIsOneOfTheLayersThatWereTuned() {
    RestoreUnitForm form = new RestoreUnitForm(all);
    form.describe(EncoderDescription.newBuilder().setArchitecture(RESNET).setFineTune(FineTuneSpec.newBuilder().addLayers("layer1.conv2")).build());
    form.unit.setValue(64);
    assertFalse(form.readable());
    form.unit.setValue(63);
    assertTrue(form.readable());
    assertEquals("encoders/tuned layer1.conv2 63", form.spec().getRestore().getTuned() + " " + form.spec().getRestore().getLayer() + " "
        + form.spec().getRestore().getUnit());
  }

  @Test
  void aFineTuning() {
    FineTuneForm form = new FineTuneForm(all);
    assertFalse(form.scope.isVisible());
    assertFalse(form.unit.isVisible());
    form.point(List.of(all.layers().get(2)), OptionalInt.of(7));
    form.single.setValue(true);
    form.imageIds.setValue("3, 5");
    form.rate.setValue("0.01");
    assertTrue(form.readable());
    assertEquals(FineTuneSpec.newBuilder().setSource("encoders/f").addLayers("layer1.conv2").setScope(LayerScope.LAYER_SCOPE_LAYER).setUnit(7)
        .addImageIds(3).addImageIds(5).setRecipe(TrainingRecipe.newBuilder().setEpochs(30).setLearningRate(0.01)).build(), form.spec());
    form.layers.setValue(Set.of());
    form.single.setValue(false);
    assertEquals(FineTuneSpec.newBuilder().setSource("encoders/f").addParts(TrainingPart.TRAINING_PART_PUBLIC)
        .setRecipe(TrainingRecipe.newBuilder().setEpochs(30).setLearningRate(0.01)).build(), form.spec());
  }

  private static List<String> meant(ModuleNode module) {
    return EditableLayer.meant(ROOT, module).stream().map(EditableLayer::path).toList();
  }

  /** Whether merging what the preset says into the spec changes nothing but what repeated fields hold twice then. */
  private static boolean says(Message spec, Message preset) {
    return preset.getAllFields().entrySet().stream().allMatch(field -> field.getValue() instanceof Message inner
        ? says((Message) spec.getField(field.getKey()), inner) : spec.getField(field.getKey()).equals(field.getValue()));
  }

  private static Choices choices(List<Run> runs) {
    EncoderDescription source = EncoderDescription.newBuilder().setName("encoders/f").setArchitecture(RESNET).addPairs("pairs/p").build();
    Encoder trained = Encoder.newBuilder().setName("encoders/f").setSpec(training("resnet18")).build();
    return new Choices(new EncoderMeasures(source, Map.of("pairs/p", PAIR), runs),
        List.of(Encoder.newBuilder().setName("encoders/tuned").setSource("encoders/f").build(), trained,
            Encoder.newBuilder().setName("encoders/imported").setImported(true).build(),
            Encoder.newBuilder().setName("encoders/vit").setSpec(training("vit_tiny")).build(),
            Encoder.newBuilder().setName("encoders/g").setSpec(training("resnet18")).build()),
        List.of(Split.newBuilder().setName("splits/s").setSpec(CreateSplitSpec.newBuilder().setPublicSet(5)).build(),
            Split.newBuilder().setName("splits/without").setSpec(CreateSplitSpec.newBuilder().setShared(5)).build()),
        TrainingVocabulary.getDefaultInstance());
  }

  private static TrainEncoderSpec training(String network) {
    return TrainEncoderSpec.newBuilder().setRecipe(TrainingRecipe.newBuilder().setNetwork(network)).build();
  }

  private static Run run(String id, RunSpec.Builder spec) {
    return Run.newBuilder().setName("runs/" + id).setState(Run.State.SUCCEEDED).setSpec(spec).build();
  }

  private static ModuleNode leaf(String path, String kind, int units) {
    return ModuleNode.newBuilder().setPath(path).setKind(kind).setUnits(units).build();
  }
}
