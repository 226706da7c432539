package dev.engram.ui.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.ui.form.Corruptions;
import dev.engram.ui.format.Kind;
import dev.engram.ui.leak.Crops;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreateMeasuresRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Distance;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.MeasurePreset;
import dev.engram.v1.MeasuresSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.PassMeasure;
import dev.engram.v1.PeripheryCrop;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each form asks for when nothing was touched is what the contracts give as defaults. */
class MeasureFormsTest {
  private static final String PAIR = "pairs/demo";

  @Test
  void layerMem() {
    LayerMemForm form = new LayerMemForm();
    assertEquals(CreateLayerMemRequest.newBuilder().setSpec(LayerMemSpec.newBuilder().setPair(PAIR).setViews(10).setDistance(Distance.L2)
        .setCompared(LayerMemSpec.Compared.VIEWS)
        .setNormalization(LayerMemSpec.Normalization.RATIO).setShards(1)).build(),
        form.request(PAIR));
    form.views.setValue(4);
    form.augmentation.setValue("simclr-weak");
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
    form.fill(preset);
    assertEquals(preset.getLayerMem().toBuilder().setPair(PAIR).setShards(1).build(), form.request(PAIR).getSpec());
    assertEquals(true, form.takes(preset));
    assertEquals(false, new UnitMemForm().takes(preset));
    assertEquals(false, new ProbeForm().takes(preset));

    InvarianceForm invariance = new InvarianceForm();
    InvarianceSpec vicreg = InvarianceSpec.newBuilder().setDraws(3).setAugmentation("vicreg").setMaxImages(50).setPooled(true).build();
    invariance.fill(MeasurePreset.newBuilder().setInvariance(vicreg).build());
    assertEquals(vicreg.toBuilder().setPair(PAIR).setShards(1).build(), invariance.request(PAIR).getSpec());

    ProbeForm probe = new ProbeForm();
    ProbeSpec cuts = ProbeSpec.newBuilder().setK(100).addLayers("*").addCorruptions("*").setStatistics(true).build();
    probe.fill(MeasurePreset.newBuilder().setProbe(cuts).build());
    assertEquals(cuts.toBuilder().setPair(PAIR).clearCorruptions().addAllCorruptions(Corruptions.ALL).build(), probe.request(PAIR).getSpec());
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
    form.crops.setValue(Set.of("upper right", Crops.BESIDE, "lower left"));
    form.fraction.setValue("0.5");
    assertEquals(java.util.List.of(corner(Crop.Corner.LOWER_LEFT, 0.5), corner(Crop.Corner.UPPER_RIGHT, 0.5),
        Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build()), form.request(PAIR).getSpec().getCropsList());
    form.crops.setValue(Set.of("lower left"));
    form.fraction.setValue("0.2, 0.4");
    form.cuts.setValue("projector, layer3");
    form.replicates.setValue("again");
    DejaVuSpec sweep = form.request(PAIR).getSpec();
    assertEquals(java.util.List.of(corner(Crop.Corner.LOWER_LEFT, 0.2), corner(Crop.Corner.LOWER_LEFT, 0.4)), sweep.getCropsList());
    assertEquals(java.util.List.of("projector", "layer3"), sweep.getCutsList());
    assertEquals(java.util.List.of("pairs/again"), sweep.getReplicatesList());
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
    assertEquals(CreateProbeRequest.newBuilder().setSpec(ProbeSpec.newBuilder().setPair(PAIR).setK(20)).build(), form.request(PAIR));
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
