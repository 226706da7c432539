package dev.engram.metrics.replicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.Interval;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ReplicatedFigure;
import dev.engram.v1.SeedAgreement;
import dev.engram.v1.SubsetDifference;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicatedFiguresTest {
    @Test
    void everyNumberOverAllSeeds() {
        List<ReplicatedFigure> figures = ReplicatedFigures.of(List.of(seed(0.30, 0.5), seed(0.33, 0.6), seed(0.27, 0.7)));
        ReplicatedFigure candidates = figure(figures, "layer_mem", "candidate");
        assertEquals("conv1", candidates.getLayer());
        assertEquals(3, candidates.getDepth());
        assertEquals(0.30, candidates.getMean(), 1e-12);
        assertEquals(0.03, candidates.getStd(), 1e-12);
        assertEquals(List.of(0.30, 0.33, 0.27), candidates.getValuesList());
        assertTrue(candidates.getCiLow() < 0.23 && candidates.getCiHigh() > 0.37, candidates.toString());
        assertEquals(0.20, figure(figures, "layer_mem", "candidate - external").getMean(), 1e-12);
        assertEquals(0.01, figure(figures, "layer_mem", "delta_conv").getMean(), 1e-12);
        assertEquals(0.4, figure(figures, "unit_mem", "mean - null_mean").getMean(), 1e-12);
        assertEquals(0.9, figure(figures, "probe", "knn g").getMean(), 1e-12);
        assertEquals(0.6, figure(figures, "deja_vu", "score").getMean(), 1e-12);
    }

    @Test
    void whatASeedLacksIsLeftOutAndSaid() {
        SeedFigures less = new SeedFigures();
        less.add(UnitMemResult.newBuilder().addLayers(UnitLayerSummary.newBuilder().setLayer("conv1").setMean(0.5)).build());
        List<SeedFigures> seeds = List.of(seed(0.3, 0.5), less);
        assertTrue(ReplicatedFigures.of(seeds).stream().allMatch(figure -> figure.getMeasure().equals("unit_mem")));
        assertTrue(ReplicatedFigures.incomplete(seeds).contains("layer_mem conv1 candidate"));
        assertTrue(ReplicatedFigures.incomplete(List.of(less, less)).isEmpty());
    }

    /** Seeds 1 and 2 agree, seed 3 ranks the other way round: tau 1, -1, -1. Image 9 is not in all of them. */
    @Test
    void agreementOverAllPairsOfSeeds() {
        List<SeedAgreement> agreement = SeedAgreements.of(List.of(
                table(new int[] {1, 2, 3, 4}, 0.1, 0.2, 0.3, 0.4),
                table(new int[] {4, 3, 2, 1, 9}, 0.8, 0.6, 0.4, 0.2, 1),
                table(new int[] {1, 2, 3, 4}, 0.4, 0.3, 0.2, 0.1)));
        assertEquals(1, agreement.size());
        SeedAgreement row = agreement.getFirst();
        assertEquals(4, row.getImages());
        assertEquals(1, row.getTop());
        assertEquals(1 / 3.0, row.getOverlap(), 1e-12);
        assertEquals(0, row.getOverlapMin());
        assertEquals(1, row.getOverlapMax());
        assertEquals(-1 / 3.0, row.getTau(), 1e-12);
        assertEquals(-1, row.getTauMin());
        assertEquals(1, row.getTauMax());
    }

    @Test
    void withoutCommonCandidatesThereIsNone() {
        assertTrue(SeedAgreements.of(List.of(table(new int[] {1, 2}, 0.1, 0.2), table(new int[] {2, 3}, 0.1, 0.2))).isEmpty());
    }

    private static SeedFigures seed(double candidates, double unitMem) {
        SeedFigures seed = new SeedFigures();
        seed.add(LayerMemResult.newBuilder()
                .addLayers(LayerScore.newBuilder().setLayer("conv1").setPoint("conv").setDepth(3).setDeltaConv(0.01)
                        .addSubsets(SubsetScore.newBuilder().setSubset("candidate").setMean(candidates))
                        .addDifferences(SubsetDifference.newBuilder().setSubset("candidate").setAgainst("external").setMean(0.2)))
                .build());
        seed.add(UnitMemResult.newBuilder()
                .addLayers(UnitLayerSummary.newBuilder().setLayer("conv1").setMean(unitMem).setNullMean(0.2)).build());
        seed.add(ProbeResult.newBuilder()
                .addAccuracies(ProbeResult.Accuracy.newBuilder().setEncoder("g").setLayer("output").setKnn(0.9)).build());
        seed.add(DejaVuResult.newBuilder()
                .addCrops(CropResult.newBuilder().setScore(Interval.newBuilder().setValue(unitMem))).build());
        return seed;
    }

    private static ReplicatedFigure figure(List<ReplicatedFigure> figures, String measure, String quantity) {
        return figures.stream()
                .filter(figure -> figure.getMeasure().equals(measure) && figure.getQuantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }

    private static SslMemTable table(int[] ids, double... scores) {
        return new SslMemTable(
                List.of(new MeasuredLayer("conv1", "conv", 1)),
                ids,
                IntStream.range(0, ids.length).mapToObj(_ -> "candidate").toArray(String[]::new),
                new double[][] {Arrays.stream(scores).map(score -> 1 - score).toArray()},
                new double[][] {Arrays.stream(scores).map(score -> 1 + score).toArray()});
    }
}
