package dev.engram.metrics.result;

import dev.engram.encoders.statistics.SpearmanRank;
import dev.engram.metrics.layermem.LayerMem;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeAlignment;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.ProbedLayer;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The layers that LayerMem and a probe of both encoders have in common, each with what both say; UnitMem beside them where it has the layer. */
final class ProbedLayers {
    private static final int FEWEST = 3;

    private ProbedLayers() {}

    static ProbeAlignment of(LayerMemResult layerMem, ProbeResult probe, Optional<UnitMemResult> unitMem, List<String> warnings) {
        List<ProbedLayer> layers = new ArrayList<>();
        for (LayerScore row : layerMem.getLayersList()) {
            Optional<ProbeResult.Accuracy> f = accuracy(probe, "f", row.getLayer());
            Optional<ProbeResult.Accuracy> g = accuracy(probe, "g", row.getLayer());
            Optional<Double> candidates = mean(row, LayerMem.CANDIDATE);
            if (f.isPresent() && g.isPresent() && candidates.isPresent()) {
                layers.add(layer(row, candidates.get(), f.get(), g.get(), unitMem));
            }
        }
        ProbeAlignment.Builder alignment = ProbeAlignment.newBuilder().addAllLayers(layers).addAllWarnings(warnings);
        if (layers.isEmpty()) {
            alignment.addWarnings("The probe has no layer in common with the LayerMem: start one with its layers set to *.");
        }
        if (layers.size() >= FEWEST) {
            alignment.setLayerMemSpearman(
                    UnitAlignment.message(SpearmanRank.of(column(layers, ProbedLayer::getLayerMem), column(layers, ProbedLayer::getLinearF))));
        }
        List<ProbedLayer> withUnits = layers.stream().filter(ProbedLayer::hasMeanUnitMem).toList();
        if (withUnits.size() >= FEWEST) {
            alignment.setUnitMemSpearman(UnitAlignment.message(
                    SpearmanRank.of(column(withUnits, ProbedLayer::getMeanUnitMem), column(withUnits, ProbedLayer::getLinearF))));
        }
        return alignment.build();
    }

    private static ProbedLayer layer(
            LayerScore row, double candidates, ProbeResult.Accuracy f, ProbeResult.Accuracy g, Optional<UnitMemResult> unitMem) {
        ProbedLayer.Builder layer = ProbedLayer.newBuilder()
                .setLayer(row.getLayer())
                .setPoint(row.getPoint())
                .setDepth(row.getDepth())
                .setLayerMem(candidates)
                .setLinearF(f.getLinear())
                .setLinearG(g.getLinear())
                .setKnnF(f.getKnn())
                .setKnnG(g.getKnn());
        mean(row, LayerMem.EXTERNAL).ifPresent(external -> layer.setBeyondExternal(candidates - external));
        unitMem.stream()
                .flatMap(result -> result.getLayersList().stream())
                .filter(summary -> summary.getLayer().equals(row.getLayer()))
                .findFirst()
                .ifPresent((UnitLayerSummary summary) ->
                        layer.setMeanUnitMem(summary.getMean()).setNullMeanUnitMem(summary.getNullMean()));
        return layer.build();
    }

    private static Optional<ProbeResult.Accuracy> accuracy(ProbeResult probe, String encoder, String layer) {
        return probe.getAccuraciesList().stream()
                .filter(accuracy -> accuracy.getEncoder().equals(encoder) && accuracy.getLayer().equals(layer))
                .findFirst();
    }

    private static Optional<Double> mean(LayerScore row, String subset) {
        return row.getSubsetsList().stream()
                .filter(score -> score.getSubset().equals(subset))
                .map(score -> score.getMean())
                .findFirst();
    }

    private static double[] column(List<ProbedLayer> layers, ToDoubleFunction<ProbedLayer> value) {
        return layers.stream().mapToDouble(value).toArray();
    }
}
