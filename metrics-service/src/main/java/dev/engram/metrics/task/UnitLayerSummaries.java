package dev.engram.metrics.task;

import dev.engram.metrics.measure.Sign;
import dev.engram.metrics.measure.UnitMeans.UnitLayer;
import dev.engram.v1.UnitLayerSummary;
import dev.engram.v1.UnitMemSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A layer's units in a few numbers. Dead units count with score 0, as in the paper (Table 13), and are counted. */
final class UnitLayerSummaries {
    static final int BINS = 20;

    private UnitLayerSummaries() {}

    static UnitLayerSummary of(UnitLayer layer, List<UnitRow> units) {
        return UnitLayerSummary.newBuilder()
                .setLayer(layer.layer().layer())
                .setPoint(layer.layer().point())
                .setDepth(layer.layer().depth())
                .setUnits(layer.units())
                .setMean(mean(units, UnitRow::unitMem))
                .setMax(max(units, UnitRow::unitMem))
                .setNullMean(mean(units, UnitRow::nullUnitMem))
                .setNullMax(max(units, UnitRow::nullUnitMem))
                .setDead((int) units.stream().filter(UnitRow::dead).count())
                .addAllHistogram(histogram(units, UnitRow::unitMem))
                .addAllNullHistogram(histogram(units, UnitRow::nullUnitMem))
                .setSign(sign(layer.sign()))
                .build();
    }

    private static double mean(List<UnitRow> units, ToDoubleFunction<UnitRow> score) {
        return units.stream().mapToDouble(score).sum() / units.size();
    }

    private static double max(List<UnitRow> units, ToDoubleFunction<UnitRow> score) {
        return units.stream().mapToDouble(score).max().orElseThrow();
    }

    private static List<Integer> histogram(List<UnitRow> units, ToDoubleFunction<UnitRow> score) {
        int[] bins = new int[BINS];
        for (UnitRow unit : units) {
            int bin = (int) Math.floor(score.applyAsDouble(unit) * BINS);
            bins[Math.clamp(bin, 0, BINS - 1)]++;
        }
        List<Integer> counts = new ArrayList<>();
        for (int count : bins) {
            counts.add(count);
        }
        return counts;
    }

    private static UnitMemSpec.Sign sign(Sign sign) {
        return switch (sign) {
            case SIGNED -> UnitMemSpec.Sign.SIGNED;
            case ABSOLUTE -> UnitMemSpec.Sign.ABSOLUTE;
            case RELU -> UnitMemSpec.Sign.RELU;
        };
    }
}
