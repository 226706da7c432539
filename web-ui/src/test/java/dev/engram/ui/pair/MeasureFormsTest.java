package dev.engram.ui.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.engram.ui.form.Corruptions;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Kind;
import dev.engram.ui.leak.Crops;
import dev.engram.v1.Architecture;
import dev.engram.v1.Augmentation;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Distance;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasurePreset;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.Pair;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.Split;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitMemSpec;
import dev.engram.v1.ViewGroup;
import dev.engram.v1.ViewRecipe;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each form asks for when nothing was touched is what the contracts give as defaults. */
class MeasureFormsTest {
  private static final String PAIR = "pairs/demo";
  private static final Architecture NETWORK = Architecture.newBuilder().setRoot(ModuleNode.newBuilder()
      .addChildren(ModuleNode.newBuilder().setPath("prep").addChildren(ModuleNode.newBuilder().setPath("prep.conv").setKind("conv")))
      .addChildren(ModuleNode.newBuilder().setPath("layer3").setKind("conv"))).build();

  @Test
  void layerMem() {
    LayerMemForm form = new LayerMemForm();
    assertEquals(CreateLayerMemRequest.newBuilder().setSpec(LayerMemSpec.newBuilder().setPair(PAIR).setViews(10).setDistance(Distance.L2)
        .setCompared(LayerMemSpec.Compared.VIEWS)
        .setNormalization(LayerMemSpec.Normalization.RATIO).setShards(1)).build(),
        form.request(PAIR));
    form.views.setValue(4);
    form.augmentation.choice.setValue("simclr-weak");
    form.raw.setValue(true);
    form.runId.setValue(" mine ");
    assertEquals(CreateLayerMemRequest.newBuilder().setRunId("mine").setSpec(LayerMemSpec.newBuilder().setPair(PAIR).setViews(4)
        .setDistance(Distance.L2).setCompared(LayerMemSpec.Compared.VIEWS)
        .setNormalization(LayerMemSpec.Normalization.RATIO).setShards(1).setAugmentation("simclr-weak").setRaw(true)).build(), form.request(PAIR));
  }

  @Test
  void aPresetFillsTheFormOfItsMeasure() {
    MeasurePreset preset = MeasurePreset.newBuilder().setId("published-code").setLayerMem(LayerMemSpec.newBuilder().setViews(5).setDistance(Distance.L1)
        .setCompared(LayerMemSpec.Compared.ORIGINAL)
        .setNormalization(LayerMemSpec.Normalization.RANGE).setMaxImages(500)).build();
    LayerMemForm form = new LayerMemForm();
    form.fill(preset.getLayerMem());
    assertEquals(preset.getLayerMem().toBuilder().setPair(PAIR).setShards(1).build(), form.request(PAIR).getSpec());
    LayerMemSpec byOther = preset.getLayerMem().toBuilder().setAugmentation("simclr-weak").build();
    form.fill(byOther);
    assertEquals(byOther.toBuilder().setPair(PAIR).setShards(1).build(), form.request(PAIR).getSpec());
    UnitMemForm units = new UnitMemForm();
    units.fill(UnitMemSpec.newBuilder().setViews(1).setAugmentation("plain").build());
    assertEquals("plain", units.request(PAIR).getSpec().getAugmentation());
    assertEquals(true, form.takes(preset.getLayerMem()));
    assertEquals(false, new UnitMemForm().takes(preset.getLayerMem()));
    assertEquals(false, new ProbeForm().takes(preset.getLayerMem()));

    InvarianceForm invariance = new InvarianceForm();
    InvarianceSpec vicreg = InvarianceSpec.newBuilder().setDraws(3).setAugmentation("vicreg").setMaxImages(50).setPooled(true).build();
    invariance.fill(vicreg);
    assertEquals(vicreg.toBuilder().setPair(PAIR).setShards(1).build(), invariance.request(PAIR).getSpec());

    ProbeForm probe = new ProbeForm();
    ProbeSpec cuts = ProbeSpec.newBuilder().setK(100).addLayers("*").setTokens(ProbeSpec.Tokens.CLASS_TOKEN).addCorruptions("*").setStatistics(true).build();
    probe.fill(cuts);
    assertEquals(cuts.toBuilder().setPair(PAIR).clearCorruptions().addAllCorruptions(Corruptions.ALL).build(), probe.request(PAIR).getSpec());
  }

  /** Every value of a preset is in a field, and stays there for a person to change; resamples and seeds are not the preset's. */
  @Test
  void aPresetOfAnAttackFillsItsForm() {
    DejaVuSpec sizes = DejaVuSpec.newBuilder().setK(100).addCuts("projector").addCuts("backbone").setProbeControl(true)
        .addCrops(corner(Crop.Corner.LOWER_LEFT, 0.2)).addCrops(corner(Crop.Corner.LOWER_LEFT, 0.25))
        .addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.newBuilder().setMinSide(12))).build();
    DejaVuForm form = new DejaVuForm();
    form.seed.setValue(4);
    form.fill(sizes);
    assertEquals(sizes.toBuilder().setPair(PAIR).setResamples(2000).setSeed(4).build(), form.request(PAIR).getSpec());
    assertEquals("0.2, 0.25", form.settings.fraction.getValue());
    assertTrue(form.settings.fraction.isVisible() && form.settings.minSide.isVisible());
    form.settings.k.setValue(50);
    assertEquals(50, form.request(PAIR).getSpec().getK());
    DejaVuSpec patch = DejaVuSpec.newBuilder().setK(100).addCuts("projector").addCrops(Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance())).build();
    form.fill(patch);
    assertEquals(patch.toBuilder().setPair(PAIR).setResamples(2000).setSeed(4).build(), form.request(PAIR).getSpec());
    assertFalse(form.settings.fraction.isVisible());

    OneModelForm alone = new OneModelForm();
    OneModelSpec spec = OneModelSpec.newBuilder().setCrop(patch.getCrops(0)).setCut("projector").setK(100).setTags(2)
        .setNaiveBayes(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS).build();
    alone.fill(spec);
    assertEquals(spec.toBuilder().setPair(PAIR).setResamples(2000).build(), alone.request(PAIR).getSpec());
    assertTrue(alone.takes(spec) && !alone.takes(sizes) && form.takes(sizes) && !form.takes(spec));
    alone.settings.offerLayers(NETWORK);
    alone.settings.cut.setValue("layer3");
    assertEquals("layer3", alone.request(PAIR).getSpec().getCut());
  }

  /** The published number of neighbors is more than a small public set allows: seen before anything is started. */
  @Test
  void moreNeighborsThanTheSmallestClassHasAreRefusedAtTheField() {
    for (MeasureForm form : List.of(new DejaVuForm(), new OneModelForm())) {
      IntegerField k = form instanceof DejaVuForm attack ? attack.settings.k : ((OneModelForm) form).settings.k;
      k.setValue(100);
      assertTrue(form.readable(), "the public set is not known");
      form.limit(34);
      assertFalse(form.readable());
      assertEquals("The smallest public class has 34 images: lower it, or leave it empty.", k.getErrorMessage());
      assertEquals("1 to 34, the images of the smallest public class; empty: 8", k.getHelperText());
      k.setValue(34);
      assertTrue(form.readable() && !k.isInvalid());
      k.setValue(35);
      assertTrue(k.isInvalid());
      k.setValue(null);
      assertTrue(form.readable() && !k.isInvalid());
    }
  }

  /** Layers in forward order, splits of other images, pairs of the same recipe: what there is is picked, what is not known can be typed. */
  @Test
  void whatThereIsCanBePicked() {
    TrainingRecipe recipe = TrainingRecipe.newBuilder().setNetwork("resnet9").setSeed(1).build();
    Pair own = Pair.newBuilder().setName(PAIR).setDataset("datasets/d").setRecipe(recipe).build();
    ProbeForm probe = new ProbeForm();
    probe.offerLayers(NETWORK);
    probe.layers.choose(List.of("layer3", "prep.conv", "projector.0"));
    probe.offerSplits(own, List.of(split("own", "d", 10), split("other", "e", 10), split("without", "e", 0)));
    assertEquals(List.of("splits/other"), probe.split.getListDataView().getItems().map(Split::getName).toList());
    probe.split.setValue(probe.split.getListDataView().getItem(0));
    assertEquals(ProbeSpec.newBuilder().setPair(PAIR).setK(20).setTokens(ProbeSpec.Tokens.ALL).setSplit("splits/other").addAllLayers(List.of("prep.conv", "layer3", "projector.0")).build(),
        probe.request(PAIR).getSpec());

    DejaVuForm attack = new DejaVuForm();
    attack.offerPairs(own, List.of(own, own.toBuilder().setName("pairs/again").setRecipe(recipe.toBuilder().setSeed(2)).build(),
        own.toBuilder().setName("pairs/longer").setRecipe(recipe.toBuilder().setEpochs(9)).build(), Pair.newBuilder().setName("pairs/imported").build()));
    assertEquals(List.of("again"), attack.replicates.getListDataView().getItems().toList());
  }

  private static Split split(String id, String dataset, int publicSet) {
    return Split.newBuilder().setName("splits/" + id).setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/" + dataset).setPublicSet(publicSet)).build();
  }

  @Test
  void unitMem() {
    UnitMemForm form = new UnitMemForm();
    assertEquals(CreateUnitMemRequest.newBuilder().setSpec(UnitMemSpec.newBuilder().setPair(PAIR).setViews(10)
        .setOthers(UnitMemSpec.Others.MEAN).setTokens(UnitMemSpec.Tokens.ALL).setTopImages(9).setShards(1)).build(), form.request(PAIR));
    form.reference.setValue(true);
    form.sign.setValue(UnitMemSpec.Sign.ABSOLUTE);
    assertEquals(UnitMemSpec.Sign.ABSOLUTE, form.request(PAIR).getSpec().getSign());
    assertEquals(true, form.request(PAIR).getSpec().getReference());
    form.imageIds.setValue("7, 50003, seven,");
    assertEquals(List.of(7L, 50003L, -1L), form.request(PAIR).getSpec().getImageIdsList());
  }

  /** Views by name, as another pair's, or value by value, beginning with the pair's own. */
  @Test
  void viewsOfAnotherPairOrOfOnesOwn() {
    ViewGroup trained = ViewGroup.newBuilder().setViews(2).addRecipes(ViewRecipe.newBuilder().setHorizontalFlip(0.5)).build();
    Pair own = Pair.newBuilder().setName(PAIR).setRecipe(TrainingRecipe.newBuilder().setAugmentationValues(
        Augmentation.newBuilder().setName("mine").addGroups(trained).addGroups(trained.toBuilder().setSide(16)))).build();
    LayerMemForm form = new LayerMemForm();
    form.offerPairs(own, List.of(own, Pair.newBuilder().setName("pairs/strong").build()));
    form.augmentation.choice.setValue("pairs/strong");
    assertEquals("pairs/strong", form.request(PAIR).getSpec().getAugmentation());
    assertFalse(form.request(PAIR).getSpec().hasAugmentationValues());
    form.augmentation.choice.setValue(ViewsChoice.OWN_VALUES);
    assertTrue(form.augmentation.values.isVisible());
    assertEquals(Augmentation.newBuilder().addGroups(trained).build(), form.request(PAIR).getSpec().getAugmentationValues());
    assertEquals("", form.request(PAIR).getSpec().getAugmentation());
    String grayscale = "spec.augmentation_values.groups[0].recipes[0].grayscale";
    List<FieldViolation> rest = List.of(FieldViolation.newBuilder().setField(grayscale).setDescription("must be a probability").build());
    for (Fields fields : form.fields()) {
      rest = fields.show(rest);
    }
    assertEquals(List.of(), rest);
    for (MeasureForm other : List.of(new UnitMemForm(), new ClassMemForm(), new InvarianceForm(), new OnePassForm())) {
      other.offerPairs(own, List.of());
      assertTrue(other.fields().size() > 2);
    }
  }

  @Test
  void onePass() {
    OnePassForm form = new OnePassForm();
    PassMeasure layers = PassMeasure.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setDistance(Distance.L2)).build();
    PassMeasure units = PassMeasure.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setOthers(UnitMemSpec.Others.MEAN).setTopImages(9)).build();
    assertEquals(CreateMeasuresRequest.newBuilder().setSpec(MeasuresSpec.newBuilder().setPair(PAIR).setViews(10).setShards(1)
        .addMeasures(layers).addMeasures(units)).build(), form.request(PAIR));
    form.measures.setValue(Set.of(OnePassForm.CLASSES, OnePassForm.UNITS));
    form.reference.setValue(true);
    form.training.setValue(100);
    assertEquals(List.of("UNIT_MEM", "CLASS_MEM", "UNIT_MEM", "CLASS_MEM"),
        form.request(PAIR).getSpec().getMeasuresList().stream().map(measure -> measure.getMeasureCase().name()).toList());
    assertEquals(List.of(false, true), form.request(PAIR).getSpec().getMeasuresList().stream().filter(PassMeasure::hasUnitMem)
        .map(measure -> measure.getUnitMem().getReference()).toList());
  }

  @Test
  void dejaVu() {
    DejaVuForm form = new DejaVuForm();
    assertEquals(CreateDejaVuRequest.newBuilder().setSpec(DejaVuSpec.newBuilder().setPair(PAIR).addCuts("projector").setResamples(2000)
        .addCrops(corner(Crop.Corner.LOWER_LEFT, 0.3))).build(), form.request(PAIR));
    form.settings.crops.setValue(Set.of("upper right", Crops.BESIDE, "lower left"));
    form.settings.fraction.setValue("0.5");
    assertEquals(List.of(corner(Crop.Corner.LOWER_LEFT, 0.5), corner(Crop.Corner.UPPER_RIGHT, 0.5),
        Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build()), form.request(PAIR).getSpec().getCropsList());
    form.settings.crops.setValue(Set.of("lower left"));
    form.settings.fraction.setValue("0.2, 0.4");
    form.settings.cuts.choose(List.of("layer3", "projector"));
    form.replicates.choose(List.of("again"));
    DejaVuSpec sweep = form.request(PAIR).getSpec();
    assertEquals(List.of(corner(Crop.Corner.LOWER_LEFT, 0.2), corner(Crop.Corner.LOWER_LEFT, 0.4)), sweep.getCropsList());
    assertEquals(List.of("projector", "layer3"), sweep.getCutsList());
    assertEquals(List.of("pairs/again"), sweep.getReplicatesList());
  }

  @Test
  void oneModel() {
    OneModelForm form = new OneModelForm();
    OneModelSpec spec = form.request(PAIR).getSpec();
    assertEquals(OneModelSpec.newBuilder().setPair(PAIR).setCrop(corner(Crop.Corner.LOWER_LEFT, 0.3)).setTags(3).setResamples(2000)
        .setNaiveBayes(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS).build(), spec);
    form.settings.crop.setValue("upper right");
    assertEquals(corner(Crop.Corner.UPPER_RIGHT, 0.3), form.request(PAIR).getSpec().getCrop());
  }

  @Test
  void probe() {
    ProbeForm form = new ProbeForm();
    assertEquals(CreateProbeRequest.newBuilder().setSpec(ProbeSpec.newBuilder().setPair(PAIR).setK(20).setTokens(ProbeSpec.Tokens.ALL)).build(), form.request(PAIR));
    form.k.setValue(null);
    assertEquals(0, form.request(PAIR).getSpec().getK());
  }

  private static Crop corner(Crop.Corner corner, double fraction) {
    return Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(corner).setFraction(fraction)).build();
  }

  @Test
  void whateverAPairShowsCanBeStarted() {
    List<Kind> started = Measures.ALL.stream().map(Measure::kind).toList();
    assertEquals(List.of(), Kind.known().filter(Kind::onPairs).filter(kind -> !started.contains(kind)).toList());
    for (Measure measure : Measures.ALL) {
      assertEquals(measure, Measures.named(measure.kind().filter()));
      Message request = measure.form().get().request(PAIR);
      assertNotNull(request.getDescriptorForType().findFieldByName("request_id"), measure.kind().title());
    }
  }

  @Test
  void whereverAResultPointsToThereIsASection() {
    Kind.known().filter(Kind::onPairs).forEach(kind -> {
      FieldDescriptor task = RunSpec.getDescriptor().findFieldByName(kind.filter());
      Message.Builder spec = RunSpec.newBuilder().newBuilderForField(task);
      spec.setField(spec.getDescriptorForType().findFieldByName("pair"), PAIR);
      String path = Kind.resultPath(Run.newBuilder().setName("runs/m").setState(Run.State.SUCCEEDED)
          .setSpec(RunSpec.newBuilder().setField(task, spec.build())).build()).orElseThrow();
      assertTrue(PairSection.at(path.replaceAll(".*/|\\?.*", "")).isPresent(), path);
    });
  }
}
