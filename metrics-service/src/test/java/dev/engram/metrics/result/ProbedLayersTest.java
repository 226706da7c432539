package dev.engram.metrics.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbedLayer;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbedLayersTest {
    private static final LayerMemResult LAYER_MEM = LayerMemResult.newBuilder()
            .addLayers(row("a", 0.1)).addLayers(row("b", 0.2)).addLayers(row("c", 0.4)).addLayers(row("d", 0.9)).build();

    @Test
    void layersInCommonInForwardOrder() {
        ProbeResult probe = ProbeResult.newBuilder()
                .addAllAccuracies(probed("output", 0.9)).addAllAccuracies(probed("a", 0.5)).addAllAccuracies(probed("b", 0.6))
                .addAllAccuracies(probed("c", 0.8)).build();
        UnitMemResult units = UnitMemResult.newBuilder()
                .addLayers(UnitLayerSummary.newBuilder().setLayer("b").setMean(0.3).setNullMean(0.2)).build();
        ProbeAlignment found = ProbedLayers.of(LAYER_MEM, probe, Optional.of(units), List.of());
        assertEquals(List.of("a", "b", "c"), found.getLayersList().stream().map(ProbedLayer::getLayer).toList());
        ProbedLayer b = found.getLayers(1);
        assertEquals(0.2, b.getLayerMem());
        assertEquals(0.15, b.getBeyondExternal(), 1e-12);
        assertEquals(0.3, b.getMeanUnitMem());
        assertEquals(0.6, b.getLinearF());
        assertEquals(0.55, b.getLinearG(), 1e-12);
        assertFalse(found.getLayers(0).hasMeanUnitMem());
        assertEquals(1, found.getLayerMemSpearman().getValue());
        assertFalse(found.hasUnitMemSpearman());
    }

    @Test
    void aProbeOfTheOutputAloneIsSaid() {
        ProbeAlignment none = ProbedLayers.of(
                LAYER_MEM, ProbeResult.newBuilder().addAllAccuracies(probed("output", 0.9)).build(), Optional.empty(), List.of());
        assertEquals(0, none.getLayersCount());
        assertEquals(1, none.getWarningsCount());
    }

    private static LayerScore row(String layer, double candidates) {
        return LayerScore.newBuilder().setLayer(layer).setPoint("conv")
                .addSubsets(SubsetScore.newBuilder().setSubset("candidate").setMean(candidates))
                .addSubsets(SubsetScore.newBuilder().setSubset("external").setMean(0.05)).build();
    }

    private static List<ProbeResult.Accuracy> probed(String layer, double linear) {
        ProbeResult.Accuracy f = ProbeResult.Accuracy.newBuilder().setEncoder("f").setLayer(layer).setLinear(linear).build();
        return List.of(f, f.toBuilder().setEncoder("g").setLinear(linear - 0.05).build());
    }
}
