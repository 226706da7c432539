package dev.engram.ui.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.engram.ui.chart.FigureData;
import dev.engram.ui.chart.MemoryMapFigure;
import dev.engram.ui.format.Kind;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.ClassMemResult;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
  private static final ModuleNode ROOT = ModuleNode.newBuilder()
      .addChildren(module("conv1", "conv")).addChildren(module("bn1", "batch_norm"))
      .addChildren(ModuleNode.newBuilder().setPath("layer1").addChildren(ModuleNode.newBuilder().setPath("layer1.0")
          .addChildren(module("layer1.0.conv1", "conv")).addChildren(module("layer1.0.relu", "relu")).addChildren(module("layer1.0.add", "add"))))
      .build();

  @Test
  void onlyWhatWasMeasuredAndItsGroupsHaveALine() {
    List<Reading> readings = List.of(Reading.of("conv1", "conv", 0.1), Reading.of("layer1.0.add", "add", 0.3, 0.2, 0.4));
    List<MemoryMapFigure.Node> rows = MapRows.of(ROOT, Lens.LAYER_MEM, readings, false, "layer1.0.add");
    assertEquals(List.of("conv1", "layer1", "0", "add"), rows.stream().map(MemoryMapFigure.Node::name).toList());
    assertEquals(List.of(-1, -1, 1, 2), rows.stream().map(MemoryMapFigure.Node::parent).toList());
    assertEquals(List.of(0, 0, 1, 2), rows.stream().map(MemoryMapFigure.Node::depth).toList());
    assertEquals(List.of(false, false, false, true), rows.stream().map(MemoryMapFigure.Node::selected).toList());
    assertEquals(7, MapRows.of(ROOT, Lens.LAYER_MEM, readings, true, "").size());
  }

  @Test
  void aScaleReachesTheEndsOfTheIntervals() {
    assertEquals(List.of(0.3, 0.2, 0.45), Reading.of("a", "conv", 0.3, 0.2, 0.45).ends().boxed().toList());
    assertEquals(List.of(0.3), Reading.of("a", "conv", 0.3).ends().boxed().toList());
  }

  @Test
  void whatHasNoModuleComesLast() {
    List<MemoryMapFigure.Node> rows = MapRows.of(ROOT, Lens.LINEAR, List.of(Reading.of("output", "", 0.8), Reading.of("conv1", "", 0.4)), false, "");
    assertEquals(List.of("conv1", "output"), rows.stream().map(MemoryMapFigure.Node::path).toList());
    assertEquals("80.0 %", rows.getLast().text());
  }

  @Test
  void theUsualLinesAreThePapers() {
    List<Reading> mixed = List.of(Reading.of("a", "conv", 1), Reading.of("b", "norm", 1), Reading.of("c", "add", 1), Reading.of("d", "relu", 1));
    assertEquals(List.of("a", "c"), paths(MapRows.shown(Lens.LAYER_MEM, mixed, MapRows.Shown.USUAL)));
    assertEquals(4, MapRows.shown(Lens.LAYER_MEM, mixed, MapRows.Shown.MEASURED).size());
    assertEquals(List.of("d"), paths(MapRows.shown(Lens.UNIT_MEM, mixed, MapRows.Shown.USUAL)));
    List<Reading> tokens = List.of(Reading.of("blocks.0", "add", 1), Reading.of("blocks.0.mlp.fc1", "linear", 1));
    assertEquals(2, MapRows.shown(Lens.UNIT_MEM, tokens, MapRows.Shown.USUAL).size());
  }

  @Test
  void everyLensReadsItsMeasure() {
    Measured measured = measured("encoders/f");
    assertEquals(List.of(0.07), values(Lens.BEYOND, measured));
    assertEquals(List.of(0.2), values(Lens.LAYER_MEM, measured));
    assertEquals(List.of(0.05), values(Lens.DELTA, measured));
    assertEquals(List.of(), values(Lens.DELTA.readings(measured, true)));
    assertEquals(List.of(0.5), values(Lens.UNIT_MEM, measured));
    assertEquals(List.of(0.3), values(Lens.UNIT_BEYOND, measured).stream().map(value -> Math.round(value * 1e9) / 1e9).toList());
    assertEquals(List.of(0.25), values(Lens.DEAD, measured));
    assertEquals(List.of(0.4), values(Lens.CLASS_MEM, measured));
    assertEquals(List.of(0.75), values(Lens.LINEAR, measured));
    assertEquals(List.of(Lens.values()), Lens.of(measured));
    assertTrue(Lens.BEYOND.readings(measured, false).getFirst().low().isPresent());
  }

  @Test
  void aMeasureBelongsToTheEncoderItIsOf() {
    EncoderMeasures f = measured("encoders/f").measures();
    EncoderMeasures g = measured("encoders/g").measures();
    assertEquals(List.of("runs/layer"), names(f.results(Kind.LAYER_MEM)));
    assertEquals(List.of(), names(g.results(Kind.LAYER_MEM)));
    assertEquals(List.of("runs/unit"), names(f.results(Kind.UNIT_MEM)));
    assertEquals(List.of("runs/unit-g"), names(g.results(Kind.UNIT_MEM)));
    assertEquals("g", g.role(g.result(Kind.PROBE, "").orElseThrow()));
    assertEquals(List.of("runs/alone", "runs/probe"), names(f.results(Kind.PROBE)));
    assertEquals("runs/probe", f.result(Kind.PROBE, "probe").orElseThrow().getName());
  }

  @Test
  void twoMapsHaveOneScaleWithZeroInTheMiddle() {
    assertEquals(new MemoryMapFigure.Scale("m", -0.5, 0.5), MemoryMapFigure.Scale.over("m", true, List.of(0.1, -0.42, Double.NaN)));
    MemoryMapFigure.Node small = new MemoryMapFigure.Node("conv", "conv", 0, -1, "conv", OptionalDouble.of(0.0005), OptionalDouble.of(-0.0002),
        OptionalDouble.of(0.0012), "0.0005", false);
    assertTrue(MemoryMapFigure.of("m", List.of(small), new MemoryMapFigure.Scale("m", -0.0007, 0.0007)).option().toString()
        .contains("conv (conv): 0.0005, 95 % interval −0.0002 to 0.0012"));
    assertEquals(new MemoryMapFigure.Scale("m", 0, 1), MemoryMapFigure.Scale.over("m", false, List.of(0.8)));
    assertEquals(new MemoryMapFigure.Scale("m", 0, 1), MemoryMapFigure.Scale.over("m", false, List.of()));
  }

  @Test
  void figuresOfOtherNumbersAreNotCompared() {
    Measured one = measured("encoders/f");
    UnitMemResult less = one.unitMem().orElseThrow().toBuilder().setViews(2).build();
    Measured other = new Measured(one.measures(), one.runs(), Optional.empty(), Optional.of(less), one.classMem(), one.probe());
    assertEquals("", MapSection.difference(one, one, Lens.UNIT_MEM));
    assertEquals("Not comparable as they are: 100 images, 10 views each at the left, 100 images, 2 views each at the right.",
        MapSection.difference(one, other, Lens.UNIT_MEM));
    assertEquals("f has no LayerMem result: LayerMem is of the candidate f of a pair.", MapSection.difference(one, other, Lens.BEYOND));
  }

  @Test
  void theExportHasWhatTheMapShows() {
    List<MemoryMapFigure.Node> rows = MapRows.of(ROOT, Lens.BEYOND, Lens.BEYOND.readings(measured("encoders/f"), false), false, "");
    FigureData figure = MemoryMapFigure.of("x", rows, MemoryMapFigure.Scale.over("LayerMem", true, List.of(0.07)));
    assertEquals("layer,kind,measure,value,ci_low,ci_high\r\nlayer1.0.conv1,conv,LayerMem,0.07,0.02,0.12\r\n", figure.csv());
    List<?> data = (List<?>) ((Map<?, ?>) ((List<?>) figure.option().get("series")).getFirst()).get("data");
    assertEquals(3, data.size());
    assertEquals(List.of(2, 0.07, 0.02, 0.12), ((Map<?, ?>) data.getLast()).get("value"));
    assertEquals("layer1.0.conv1 (conv): 0.0700, 95 % interval 0.02 to 0.12", ((Map<?, ?>) data.getLast()).get("words"));
  }

  @Test
  void theStateIsInTheUrl() {
    MapState state = MapState.of(new UrlState("pairs/x/map", Map.of("measure", "unit-mem", "rows", "all", "layer", "conv1")), List.of(Lens.values()));
    assertEquals(new MapState(Lens.UNIT_MEM, MapRows.Shown.ALL, "conv1"), state);
    assertEquals(new MapState(Lens.BEYOND, MapRows.Shown.USUAL, ""), MapState.of(new UrlState("m", Map.of("measure", "?")), List.of(Lens.values())));
    assertFalse(new UrlState("m", Map.of("layer", "a b")).href().contains(" "));
  }

  private static Measured measured(String encoder) {
    Run probe = run("probe", 1, RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setPair("pairs/p")).build());
    Run layer = run("layer", 2, RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/p")).build());
    Run unit = run("unit", 3, RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p")).build());
    List<Run> runs = List.of(run("alone", 5, RunSpec.newBuilder().setProbe(ProbeSpec.newBuilder().setEncoder("encoders/f")).build()),
        run("unit-g", 4, RunSpec.newBuilder().setUnitMem(UnitMemSpec.newBuilder().setPair("pairs/p").setReference(true)).build()), unit, layer, probe);
    Pair pair = Pair.newBuilder().setName("pairs/p").setCandidate("encoders/f").setReference("encoders/g").build();
    EncoderMeasures measures = new EncoderMeasures(EncoderDescription.newBuilder().setName(encoder).build(), Map.of("pairs/p", pair), runs);
    LayerMemResult layers = LayerMemResult.newBuilder().setViews(10).addLayers(LayerScore.newBuilder().setLayer("layer1.0.conv1").setPoint("conv")
        .setDeltaConv(0.05).addSubsets(SubsetScore.newBuilder().setSubset("candidate").setMean(0.2))
        .addDifferences(SubsetDifference.newBuilder().setSubset("candidate").setAgainst("external").setMean(0.07).setCiLow(0.02).setCiHigh(0.12))).build();
    UnitMemResult units = UnitMemResult.newBuilder().setImages(100).setViews(10).addLayers(UnitLayerSummary.newBuilder().setLayer("conv1")
        .setPoint("conv").setUnits(8).setDead(2).setMean(0.5).setNullMean(0.2)).build();
    ClassMemResult classes = ClassMemResult.newBuilder().addLayers(ClassLayerSummary.newBuilder().setLayer("conv1").setClassMemMean(0.4).setSelectivityMean(0.1)).build();
    ProbeResult accuracies = ProbeResult.newBuilder().addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("f").setLayer("conv1").setLinear(0.75))
        .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("g").setLayer("conv1").setLinear(0.1)).build();
    return new Measured(measures, Map.of(Kind.LAYER_MEM, layer, Kind.UNIT_MEM, unit, Kind.PROBE, probe), Optional.of(layers), Optional.of(units),
        Optional.of(classes), Optional.of(accuracies));
  }

  private static Run run(String id, long time, RunSpec spec) {
    return Run.newBuilder().setName("runs/" + id).setState(Run.State.SUCCEEDED).setSpec(spec)
        .setCreateTime(Timestamp.newBuilder().setSeconds(time)).build();
  }

  private static List<Double> values(Lens lens, Measured measured) {
    return values(lens.readings(measured, false));
  }

  private static List<Double> values(List<Reading> readings) {
    return readings.stream().map(Reading::value).toList();
  }

  private static List<String> paths(List<Reading> readings) {
    return readings.stream().map(Reading::path).toList();
  }

  private static List<String> names(List<Run> runs) {
    return runs.stream().map(Run::getName).toList();
  }

  private static ModuleNode module(String path, String kind) {
    return ModuleNode.newBuilder().setPath(path).setKind(kind).setUnits(8).build();
  }
}
