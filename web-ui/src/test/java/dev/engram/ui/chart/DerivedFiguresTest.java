package dev.engram.ui.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.v1.Agreement;
import dev.engram.v1.AgreementLayer;
import dev.engram.v1.AlignedUnit;
import dev.engram.v1.Alignment;
import dev.engram.v1.LayerAgreement;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ProbedLayer;
import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.ReplicatesResult;
import dev.engram.v1.SeedAgreement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures of what is derived from measures. */
class DerivedFiguresTest {
  private static final Agreement AGREEMENT = Agreement.newBuilder().setImages(500).setTop(100)
      .addLayers(AgreementLayer.newBuilder().setLayer("a")).addLayers(AgreementLayer.newBuilder().setLayer("b"))
      .addPairs(LayerAgreement.newBuilder().setFirst(0).setSecond(1).setCommon(79).setOverlap(0.79).setTau(0.6071).setP(4e-29)
          .setTauUnion(Double.NaN).setPUnion(Double.NaN).setUnion(121)).build();

  @Test
  void agreementIsAMapThatIsTheSameOnBothSides() {
    FigureData figure = AgreementFigure.map("x", AGREEMENT, AgreementFigure.Shown.TAU);
    assertEquals(List.of(List.of(0, 0, 1), List.of(1, 1, 1), List.of(0, 1, 0.607), List.of(1, 0, 0.607)), series(figure).getFirst().get("data"));
    assertEquals("first_layer,second_layer,images,top,common,overlap,tau,p,tau_union,p_union,union\r\na,b,500,100,79,0.79,0.6071,4.0E-29,NaN,NaN,121\r\n",
        figure.csv());
    List<?> union = (List<?>) series(AgreementFigure.map("x", AGREEMENT, AgreementFigure.Shown.TAU_UNION)).getFirst().get("data");
    assertEquals(List.of(0, 1, "-"), union.get(2));
  }

  @Test
  void anOverlapOfAllImagesIsNotDrawn() {
    SeedAgreement some = SeedAgreement.newBuilder().setLayer("a").setImages(200).setTop(100).setOverlap(0.7).setTau(0.3).build();
    assertTrue(series(ReplicatesFigure.agreement("x", List.of(some))).stream().anyMatch(one -> one.get("name").equals("overlap of the most memorized")));
    FigureData all = ReplicatesFigure.agreement("x", List.of(some.toBuilder().setImages(100).setOverlap(1).build()));
    assertEquals(List.of("Kendall's tau", "Kendall's tau"), series(all).stream().map(one -> one.get("name")).toList());
    assertTrue(all.csv().contains("a,,0,100,100,1.0"), all.csv());
  }

  @Test
  void agreementOfTrainingsIsALineForEachFigure() {
    List<Map<String, Object>> series = series(AgreementFigure.byDepth("x", AGREEMENT));
    assertEquals(List.of(List.of(0.607), List.of(0.79), List.of("-")), series.stream().map(one -> one.get("data")).toList());
  }

  @Test
  void aPointForEachUnitWhoseImageWasMeasured() {
    Alignment alignment = Alignment.newBuilder().setLayer("conv")
        .addPoints(AlignedUnit.newBuilder().setUnit(3).setUnitMem(0.9).setImageId(7).setSslmem(0.5).setSubset("candidate").setCounted(true))
        .addPoints(AlignedUnit.newBuilder().setUnit(4).setUnitMem(0.8).setImageId(8)).build();
    FigureData figure = AlignmentFigure.units("x", alignment);
    assertEquals(1, series(figure).size());
    assertEquals(List.of(List.of(0.9, 0.5, "unit 3, image 7")), series(figure).getFirst().get("data"));
    assertTrue(figure.csv().endsWith("conv,3,0.9,0.0,7,0.5,candidate,true\r\nconv,4,0.8,0.0,8,,,false\r\n"), figure.csv());
  }

  @Test
  void memorizationAndAccuracyHaveAScaleEach() {
    ProbeAlignment alignment = ProbeAlignment.newBuilder()
        .addLayers(ProbedLayer.newBuilder().setLayer("a").setLayerMem(0.1).setLinearF(0.6).setLinearG(0.5)).build();
    List<Map<String, Object>> series = series(AlignmentFigure.probes("x", alignment));
    assertEquals(List.of(0, 0, 1, 1), series.stream().map(one -> one.get("yAxisIndex")).toList());
    assertEquals(List.of("-"), series.get(1).get("data"));
  }

  @Test
  void replicatesHaveALineAndABandForEachQuantity() {
    ReplicatesResult result = ReplicatesResult.newBuilder().addSeeds(1).addSeeds(2)
        .addFigures(figure("a", "candidate", 0.1)).addFigures(figure("a", "shared", 0.2)).addFigures(figure("b", "candidate", 0.3)).build();
    FigureData figure = ReplicatesFigure.byDepth("x", result, result.getFiguresList(), List.of("candidate", "shared"));
    List<Map<String, Object>> series = series(figure);
    assertEquals(List.of("custom", "line", "custom", "line"), series.stream().map(one -> one.get("type")).toList());
    assertEquals(List.of(0.1, 0.3), series.get(1).get("data"));
    assertEquals(List.of(0.2, "-"), series.get(3).get("data"));
    assertEquals(List.of(List.of(0, 0.2 - 0.25, 0.2 + 0.25)), series.get(2).get("data"));
    assertTrue(figure.csv().startsWith("measure,layer,point,depth,quantity,mean,std,ci_low,ci_high,seed_1,seed_2\r\nlayer_mem,a,,0,candidate,0.1,"), figure.csv());
    assertEquals(List.of("candidate", "shared"), ReplicatesFigure.quantities(result.getFiguresList()));
  }

  @Test
  void agreementOfSeedsReachesFromTheLeastToTheMost() {
    FigureData figure = ReplicatesFigure.agreement("x", List.of(SeedAgreement.newBuilder().setLayer("a").setImages(200).setTop(100).setOverlap(0.7).setOverlapMin(0.6)
        .setOverlapMax(0.8).setTau(Double.NaN).build()));
    assertEquals(List.of(List.of(0, 0.6, 0.8)), series(figure).get(0).get("data"));
    assertEquals(List.of("-"), series(figure).get(3).get("data"));
    assertEquals(List.of(), series(figure).get(2).get("data"));
  }

  private static ReplicatedFigure figure(String layer, String quantity, double mean) {
    return ReplicatedFigure.newBuilder().setMeasure("layer_mem").setLayer(layer).setQuantity(quantity).setMean(mean).setStd(0.02)
        .setCiLow(mean - 0.25).setCiHigh(mean + 0.25).addValues(mean - 0.01).addValues(mean + 0.01).build();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> series(FigureData figure) {
    return (List<Map<String, Object>>) figure.option().get("series");
  }
}
