package dev.engram.ui.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.CkaLayer;
import dev.engram.v1.CkaResult;
import dev.engram.v1.ClassLayerSummary;
import dev.engram.v1.CropResult;
import dev.engram.v1.ExchangeResult;
import dev.engram.v1.Interval;
import dev.engram.v1.InvarianceResult;
import dev.engram.v1.LayerInvariance;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.MeanInterval;
import dev.engram.v1.MetricSeries;
import dev.engram.v1.OperationInvariance;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbedSplit;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.PruningResult;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetInvariance;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.TrialMean;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitPool;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void csvQuotesWhatNeedsIt() {
    assertEquals("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n", new Csv("a", "b").row(List.of("x,y", "say \"hi\"")).toString());
  }

  @Test
  void layerMemHasALineAndABandForEachSubset() {
    FigureData figure = LayerMemFigure.byDepth("x", LayerMemFigure.rows(result(), false));
    List<Map<String, Object>> series = series(figure);
    assertEquals(List.of("custom", "line", "custom", "line"), series.stream().map(one -> one.get("type")).toList());
    assertEquals(List.of(0.1, 0.2), series.get(1).get("data"));
    assertEquals(List.of(List.of(0, 0.05, 0.15), List.of(1, 0.15, 0.25)), series.get(0).get("data"));
    assertEquals(List.of(0.0, "-"), series.get(3).get("data"));
    assertTrue(figure.csv().contains("\r\nlayer1.conv,conv,2,candidate,0.2,0.15,0.25,10,2\r\n"), figure.csv());
  }

  @Test
  void aPruningCurveHasALineAndABandForEachStrategy() {
    PruningResult.Builder result = PruningResult.newBuilder();
    for (PruneUnits.By strategy : List.of(PruneUnits.By.HIGHEST, PruneUnits.By.RANDOM)) {
      for (double share : List.of(0.0, 0.5)) {
        result.addPoints(PruningResult.Point.newBuilder().setStrategy(strategy).setPool(UnitPool.UNIT_POOL_PER_LAYER).setShare(share)
            .setSplit("splits/s").setPruned(560).setLinear(TrialMean.newBuilder().setTrials(2).setMean(0.5).setLow(0.4).setHigh(0.6)));
      }
    }
    FigureData figure = PruningFigure.of("x", result.build(), "splits/s", UnitPool.UNIT_POOL_PER_LAYER, false);
    List<Map<String, Object>> series = series(figure);
    assertEquals(List.of("custom", "line", "custom", "line"), series.stream().map(one -> one.get("type")).toList());
    assertEquals(List.of(List.of(0, 40.0, 60.0), List.of(1, 40.0, 60.0)), series.get(2).get("data"));
    assertTrue(figure.csv().contains("\r\nsplits/s,per layer,at random,0.5,560.0,linear,2,0.5,0.0,0.4,0.6\r\n"), figure.csv());
    assertEquals(List.of(), series(PruningFigure.of("x", result.build(), "splits/s", UnitPool.UNIT_POOL_TOTAL, false)));
  }

  @Test
  void exchangedLayersComeMostCostlyFirstAndPairsAreAMap() {
    ExchangeResult result = ExchangeResult.newBuilder().addLayers("a").addLayers("b")
        .addSets(exchanged(0.7)).addSets(exchanged(0.6, "a")).addSets(exchanged(0.5, "b")).addSets(exchanged(0.4, "a", "b")).build();
    List<Map<String, Object>> bars = series(ExchangeFigure.singles("x", result));
    assertEquals(List.of(70.0, 50.0, 60.0), bars.getFirst().get("data"));
    assertEquals(2, bars.size(), "no class is shared: the source's head has no figure");
    ExchangeResult shared = result.toBuilder().addSets(exchanged(0.3, "c").toBuilder().setTransfer(0.2)).build();
    assertEquals(List.of("-", 20.0, "-", "-"), series(ExchangeFigure.singles("x", shared)).get(2).get("data"));
    FigureData pairs = ExchangeFigure.pairs("x", result, ExchangeFigure.Score.SOURCE);
    assertEquals(List.of(List.of(0, 0, 60.0), List.of(1, 1, 50.0), List.of(1, 0, 40.0)), series(pairs).getFirst().get("data"));
    assertTrue(pairs.csv().contains("\r\na,b,0.4\r\n"), pairs.csv());
  }

  private static ExchangeResult.Set exchanged(double source, String... layers) {
    return ExchangeResult.Set.newBuilder().addAllLayers(List.of(layers)).setTransfer(Double.NaN)
        .setSource(ProbedSplit.newBuilder().setLinear(source)).build();
  }

  @Test
  void whatCandidatesHaveBeyondOthersComesWithItsInterval() {
    FigureData figure = LayerMemFigure.beyond("x", LayerMemFigure.rows(result(), false));
    List<Map<String, Object>> series = series(figure);
    assertEquals(List.of("custom", "line"), series.stream().map(one -> one.get("type")).toList());
    assertEquals(List.of("-", 0.07), series.get(1).get("data"));
    assertEquals(List.of(List.of(1, 0.02, 0.12)), series.get(0).get("data"));
    assertEquals("layer,point,depth,subset,against,mean,ci_low,ci_high\r\nlayer1.conv,conv,2,candidate,external,0.07,0.02,0.12\r\n", figure.csv());
  }

  @Test
  void degenerateImagesAreNamedByLayerAndSubset() {
    assertEquals(List.of("layer1.conv, candidate: 2 of 10 images"), LayerMemFigure.degenerate(LayerMemFigure.rows(result(), false)));
  }

  @Test
  void aNetworkWithoutConvolutionsShowsAllItsRows() {
    LayerMemResult tokens = LayerMemResult.newBuilder().addLayers(LayerScore.newBuilder().setLayer("blocks.0").setPoint("add"))
        .addLayers(LayerScore.newBuilder().setLayer("blocks.0.mlp").setPoint("linear")).build();
    assertEquals(2, LayerMemFigure.rows(tokens, false).size());
  }

  @Test
  void rowsAreConvolutionsAndSumsOrAll() {
    assertEquals(List.of("prep.conv", "layer1.conv"), LayerMemFigure.rows(result(), false).stream().map(LayerScore::getLayer).toList());
    assertEquals(3, LayerMemFigure.rows(result(), true).size());
  }

  @Test
  void aDeltaThatIsNotSetIsNotZero() {
    FigureData figure = LayerMemFigure.deltas("x", LayerMemFigure.rows(result(), false), false);
    assertEquals(List.of("-", 0.1), series(figure).getFirst().get("data"));
    assertEquals("layer,point,delta\r\nlayer1.conv,conv,0.1\r\n", figure.csv());
  }

  @Test
  void lossThatIsNotFiniteLeavesAGapAndStaysInTheCsv() {
    MetricSeries loss = MetricSeries.newBuilder().setName("loss").addSteps(1).addValues(2.5).addSteps(2).addValues(Double.NaN).build();
    FigureData figure = LossFigure.of("x", "loss", List.of(new LossFigure.Line("f", "f", loss)));
    assertEquals(List.of(List.of(1L, 2.5), List.of(2L, "-")), series(figure).getFirst().get("data"));
    assertEquals("series,step,loss\r\nf,1,2.5\r\nf,2,NaN\r\n", figure.csv());
  }

  @Test
  void similarityHasACellForEachPairOfLayersAndAGapWhereThereIsNoValue() {
    CkaResult result = CkaResult.newBuilder()
        .addFirst(CkaLayer.newBuilder().setLayer("a").setPoint("conv").setDepth(1))
        .addFirst(CkaLayer.newBuilder().setLayer("b").setPoint("conv").setDepth(2))
        .addSecond(CkaLayer.newBuilder().setLayer("c").setPoint("add").setDepth(1))
        .addCka(0.51234).addCka(Double.NaN).build();
    FigureData figure = CkaFigure.of("x", result, "f", "g");
    assertEquals(List.of(List.of(0, 0, 0.512), List.of(0, 1, "-")), series(figure).getFirst().get("data"));
    assertEquals("first_layer,first_point,first_depth,second_layer,second_point,second_depth,cka\r\na,conv,1,c,add,1,0.51234\r\n"
        + "b,conv,2,c,add,1,NaN\r\n", figure.csv());
  }

  @Test
  void classMemHasTrainingImagesAtTheRightAndUnseenOnesAtTheLeft() {
    ClassLayerSummary layer = ClassLayerSummary.newBuilder().setLayer("a").setPoint("relu").setUnits(3).setDead(1)
        .setClassMemMean(0.25).setClassMemMax(0.5).setSelectivityMean(0.125).setSelectivityMax(1)
        .addClassMemHistogram(2).addClassMemHistogram(1).addSelectivityHistogram(0).addSelectivityHistogram(3).build();
    FigureData figure = ClassMemFigure.of("x", List.of(layer));
    assertEquals(List.of(List.of(0, -1, 0, 3)), series(figure).get(0).get("data"));
    assertEquals(List.of(List.of(0, 1, 2, 1)), series(figure).get(1).get("data"));
    assertTrue(figure.csv().endsWith("\r\na,relu,3,1,0.25,0.5,0.125,1.0,0.5,1.0,1,3\r\n"), figure.csv());
  }

  @Test
  void invarianceIsALineAnOperationAndFourOfOne() {
    LayerInvariance layer = LayerInvariance.newBuilder().setLayer("a").setPoint("conv").setDepth(1)
        .addSubsets(SubsetInvariance.newBuilder().setSubset("candidate").setImages(3)
            .setF(MeanInterval.newBuilder().setMean(0.25)).setG(MeanInterval.newBuilder().setMean(0.5))).build();
    LayerInvariance other = LayerInvariance.newBuilder().setLayer("b").setPoint("norm").setDepth(1).build();
    OperationInvariance crop = OperationInvariance.newBuilder().setOperation("crop").addLayers(layer).addLayers(other).build();
    InvarianceResult result = InvarianceResult.newBuilder().addOperations(crop).build();
    assertEquals(List.of("conv", "norm"), InvarianceFigure.points(result));
    FigureData figure = InvarianceFigure.byOperation("x", result, "candidate", "conv");
    assertEquals(List.of(0.25), series(figure).getFirst().get("data"));
    assertTrue(figure.csv().endsWith("\r\ncrop,a,conv,1,candidate,3,0.25,0.0,0.0,0.5,0.0,0.0\r\n"), figure.csv());
    List<Map<String, Object>> beside = series(InvarianceFigure.candidates("x", crop, "conv"));
    assertEquals(List.of(List.of(0.25), List.of("-"), List.of(0.5), List.of("-")), beside.stream().map(one -> one.get("data")).toList());
  }

  @Test
  void corruptionsBeginWithCleanImages() {
    List<ProbeResult.CorruptedAccuracy> rows = IntStream.rangeClosed(1, 5).mapToObj(severity -> ProbeResult.CorruptedAccuracy.newBuilder()
        .setLayer("output").setCorruption("shot_noise").setSeverity(severity).setLinear(0.5 - severity / 10.0).build()).toList();
    FigureData figure = CorruptionFigure.of("x", 0.9, rows);
    assertEquals(List.of(90.0, 40.0, 30.0, 20.0, 10.0, 0.0), series(figure).getFirst().get("data"));
    assertEquals("shot noise", series(figure).getFirst().get("name"));
  }

  @Test
  void featuresAreSharesOfTheirWidth() {
    ProbeResult.Accuracy layer = ProbeResult.Accuracy.newBuilder().setLayer("a").setWidth(8).setRankMe(2).setActive(0.5).setHalfZero(1)
        .setLinear(0.75).setLinearBinarized(0.625).build();
    FigureData figure = FeatureFigure.of("x", List.of(layer));
    assertEquals(List.of(List.of(50.0), List.of(100.0), List.of(25.0), List.of(75.0), List.of(62.5)),
        series(figure).stream().map(one -> one.get("data")).toList());
    assertTrue(figure.csv().endsWith("\r\na,8,2.0,0.5,1.0,0.75,0.625\r\n"), figure.csv());
  }

  @Test
  void unitMemIsTheEncoderBesideTheNull() {
    UnitLayerSummary.Builder layer = UnitLayerSummary.newBuilder().setLayer("prep.relu").setUnits(3).setMean(0.4);
    layer.addHistogram(1).addHistogram(2).addNullHistogram(3).addNullHistogram(0);
    FigureData figure = UnitMemFigure.of("x", List.of(layer.build()));
    assertEquals(List.of(List.of(0, -1, 3, 0)), series(figure).get(0).get("data"));
    assertEquals(List.of(List.of(0, 1, 1, 2)), series(figure).get(1).get("data"));
    assertTrue(figure.csv().endsWith(",0.5,1.0,2,0\r\n"), figure.csv());
  }

  @Test
  void thePartitionStacksItsCellsAndGivesEachItsInterval() {
    CropResult crop = CropResult.newBuilder().setMemorized(interval(0.1)).setCorrelated(interval(0.2)).setMisrepresented(interval(0.05))
        .setUnassociated(interval(0.65)).build();
    FigureData figure = DejaVuFigure.partition("x", crop);
    List<Map<String, Object>> series = series(figure);
    assertEquals(8, series.size());
    double all = series.stream().filter(one -> one.get("type").equals("bar"))
        .mapToDouble(one -> (Double) ((List<?>) one.get("data")).getFirst()).sum();
    assertEquals(100, all, 1e-9);
    assertEquals(5, figure.csv().split("\r\n").length);
  }

  private static LayerMemResult result() {
    return LayerMemResult.newBuilder()
        .addLayers(LayerScore.newBuilder().setLayer("prep.conv").setPoint("conv").setDepth(1).addSubsets(score("candidate", 0.1)).addSubsets(score("shared", 0)))
        .addLayers(LayerScore.newBuilder().setLayer("prep.batch").setPoint("norm").setDepth(1).setDeltaModule(0.01).addSubsets(score("candidate", 0.11)))
        .addLayers(LayerScore.newBuilder().setLayer("layer1.conv").setPoint("conv").setDepth(2).setDeltaConv(0.1)
            .addSubsets(score("candidate", 0.2).toBuilder().setDegenerate(2))
            .addDifferences(SubsetDifference.newBuilder().setSubset("candidate").setAgainst("external").setMean(0.07).setCiLow(0.02).setCiHigh(0.12)))
        .build();
  }

  private static SubsetScore score(String subset, double mean) {
    return SubsetScore.newBuilder().setSubset(subset).setMean(mean).setCiHigh(Math.round((mean + 0.05) * 100) / 100.0)
        .setCiLow(Math.round((mean - 0.05) * 100) / 100.0).setImages(10).build();
  }

  private static Interval interval(double value) {
    return Interval.newBuilder().setValue(value).setCiLow(value - 0.01).setCiHigh(value + 0.01).build();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> series(FigureData figure) {
    return (List<Map<String, Object>>) figure.option().get("series");
  }
}
