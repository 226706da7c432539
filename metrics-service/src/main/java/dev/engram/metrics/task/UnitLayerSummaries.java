package dev.engram.metrics.task;

import dev.engram.metrics.measure.Sign;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A layer's units in a few numbers. Dead units count with score 0, as in the paper (Table 13), and are counted. */
final class UnitLayerSummaries {
    private UnitLayerSummaries() {}

    static UnitLayerSummary of(UnitLayer layer, List<UnitRow> units) {
        double[] scores = units.stream().mapToDouble(UnitRow::unitMem).toArray();
        double[] nullScores = units.stream().mapToDouble(UnitRow::nullUnitMem).toArray();
        return UnitLayerSummary.newBuilder()
                .setLayer(layer.layer().layer())
                .setPoint(layer.layer().point())
                .setDepth(layer.layer().depth())
                .setUnits(layer.units())
                .setMean(ScoreHistogram.mean(scores))
                .setMax(ScoreHistogram.max(scores))
                .setNullMean(ScoreHistogram.mean(nullScores))
                .setNullMax(ScoreHistogram.max(nullScores))
                .setDead((int) units.stream().filter(UnitRow::dead).count())
                .addAllHistogram(ScoreHistogram.of(scores))
                .addAllNullHistogram(ScoreHistogram.of(nullScores))
                .setSign(sign(layer.sign()))
                .build();
    }

    static UnitMemSpec.Sign sign(Sign sign) {
        return switch (sign) {
            case SIGNED -> UnitMemSpec.Sign.SIGNED;
            case ABSOLUTE -> UnitMemSpec.Sign.ABSOLUTE;
            case RELU -> UnitMemSpec.Sign.RELU;
        };
    }

    /** What an array file of all units says of its layers. */
    static Map<String, String> metadata(List<UnitLayer> layers) {
        return Map.of(
                "layers", layers.stream().map(layer -> layer.layer().layer()).collect(Collectors.joining(",")),
                "layer_units",
                        layers.stream().map(layer -> Integer.toString(layer.units())).collect(Collectors.joining(",")));
    }
}
