package dev.engram.local.report;

import dev.engram.local.demo.DemoResult;
import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.SubsetTest;
import dev.engram.v1.UnitLayerSummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings as text for a terminal of 100 columns. */
public final class ReportTable {
    private static final List<String> SUBSETS = List.of("candidate", "shared", "independent", "external");

    private ReportTable() {}

    public static String of(DemoResult result) {
        StringBuilder text = new StringBuilder();
        layers(text, result);
        tests(text, result);
        units(text, result);
        probes(text, result);
        dejaVu(text, result);
        return text.toString();
    }

    private static void layers(StringBuilder text, DemoResult result) {
        line(text, "");
        line(text, "LayerMem: where f remembers what g never saw (mean, 95 %% interval; convolutions, residual sums, the whole encoder).");
        line(text, "A level that all subsets share is a difference of the two trainings; memorization is what candidates exceed external points by.");
        line(text, "  %-22s %-22s %9s %9s %9s  %10s", "layer", "candidates", "shared", "independ.", "external", "cand.-ext.");
        List<LayerScore> layers = result.layerMem().getLayersList();
        for (LayerScore layer : layers) {
            if (!layer.getPoint().equals("conv") && !layer.getPoint().equals("add") && layer != layers.getLast()) {
                continue;
            }
            SubsetScore candidates = subset(layer, SUBSETS.get(0));
            double external = subset(layer, SUBSETS.get(3)).getMean();
            line(text, "  %-22s %+.3f [%+.3f,%+.3f] %+9.3f %+9.3f %+9.3f  %+10.3f",
                    layer.getLayer(), candidates.getMean(), candidates.getCiLow(), candidates.getCiHigh(),
                    subset(layer, SUBSETS.get(1)).getMean(), subset(layer, SUBSETS.get(2)).getMean(), external, candidates.getMean() - external);
        }
    }

    private static SubsetScore subset(LayerScore layer, String name) {
        return layer.getSubsetsList().stream()
                .filter(subset -> subset.getSubset().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(layer.getLayer() + " has no subset '" + name + "'"));
    }

    private static void tests(StringBuilder text, DemoResult result) {
        line(text, "");
        line(text, "SSLMem of the whole encoder, tests");
        for (SubsetTest test : result.layerMem().getSslmemTestsList()) {
            line(text, "  %-11s against %-12s difference %+.4f   t %+8.2f   p %-9.2g (%s)   d %+.2f",
                    test.getSubset(), test.getAgainst(), test.getDifference(), test.getT(), test.getP(), test.getAlternative(), test.getEffect());
        }
    }

    private static void units(StringBuilder text, DemoResult result) {
        line(text, "");
        line(text, "UnitMem (beside an encoder with random weights: compare with it, not with 0)");
        line(text, "  %-24s %5s  %6s %6s   %9s %8s  %4s", "layer", "units", "mean", "max", "null mean", "null max", "dead");
        for (UnitLayerSummary layer : result.unitMem().getLayersList()) {
            if (!layer.getPoint().equals("relu") && !layer.getPoint().equals("add")) {
                continue;
            }
            line(text, "  %-24s %5d  %6.3f %6.3f   %9.3f %8.3f  %4d",
                    layer.getLayer(), layer.getUnits(), layer.getMean(), layer.getMax(), layer.getNullMean(), layer.getNullMax(), layer.getDead());
        }
    }

    private static void probes(StringBuilder text, DemoResult result) {
        line(text, "");
        line(text, "Probes (accuracy on %d held-out images)", result.probe().getTestImages());
        for (ProbeResult.Accuracy accuracy : result.probe().getAccuraciesList()) {
            line(text, "  %s   linear %.3f (its own training images %.3f)   %d-NN %.3f",
                    accuracy.getEncoder(), accuracy.getLinear(), accuracy.getLinearTrain(), result.probe().getK(), accuracy.getKnn());
        }
    }

    private static void dejaVu(StringBuilder text, DemoResult result) {
        line(text, "");
        line(text, "Déjà vu: the class from a corner of the picture (chance %.2f, %d votes, cut: %s)",
                result.dejaVu().getChance(), result.dejaVu().getK(), result.dejaVu().getCropsList().stream().map(CropResult::getCut).distinct().collect(Collectors.joining(", ")));
        line(text, "  %-16s %6s %9s  %-26s %9s %10s %14s %12s",
                "crop", "target", "reference", "score", "memorized", "correlated", "misrepresented", "unassociated");
        for (CropResult crop : result.dejaVu().getCropsList()) {
            Interval score = crop.getScore();
            line(text, "  %-16s %6.3f %9.3f  %+.3f [%+.3f, %+.3f]   %9.3f %10.3f %14.3f %12.3f",
                    CropLabel.of(crop.getCrop()), crop.getTarget().getValue(), crop.getReference().getValue(),
                    score.getValue(), score.getCiLow(), score.getCiHigh(), crop.getMemorized().getValue(), crop.getCorrelated().getValue(),
                    crop.getMisrepresented().getValue(), crop.getUnassociated().getValue());
        }
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
    }
}
