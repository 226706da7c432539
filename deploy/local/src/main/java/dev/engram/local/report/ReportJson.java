package dev.engram.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.local.demo.DemoResult;
import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.Interval;
import dev.engram.v1.LayerScore;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.SubsetTest;
import dev.engram.v1.UnitLayerSummary;

/** {@code report.json}; keys and order as documented in {@code docs/report.md}. */
public final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    public static String of(DemoResult result) {
        ObjectNode root = JSON.createObjectNode();
        dataset(root.putObject("dataset"), result);
        split(root.putObject("split"), result);
        layerMem(root.putArray("layermem"), result);
        tests(root.putArray("sslmem_tests"), result);
        unitMem(root.putArray("unitmem"), result);
        probe(root.putObject("probe"), result.probe());
        dejaVu(root.putArray("dejavu"), result);
        ObjectNode seconds = root.putObject("seconds");
        result.seconds().forEach(seconds::put);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void dataset(ObjectNode node, DemoResult result) {
        node.put("name", result.dataset().getName());
        node.put("display_name", result.dataset().getSpec().getDisplayName());
        node.put("images", result.dataset().getSummary().getImages());
        node.put("digest", result.dataset().getSummary().getDigest());
        ArrayNode classes = node.putArray("classes");
        result.dataset().getSummary().getClassNamesList().forEach(classes::add);
    }

    private static void split(ObjectNode node, DemoResult result) {
        node.put("name", result.split().getName());
        node.put("digest", result.split().getSummary().getDigest());
        node.put("seed", result.split().getSpec().getSeed());
        ObjectNode sizes = node.putObject("sizes");
        sizes.put("shared", result.split().getSummary().getShared());
        sizes.put("candidate", result.split().getSummary().getCandidate());
        sizes.put("independent", result.split().getSummary().getIndependent());
        sizes.put("external", result.split().getSummary().getExternal());
        sizes.put("public", result.split().getSummary().getPublicSet());
        node.put("duplicates_left_out", result.split().getSummary().getDuplicatesLeftOut());
    }

    private static void layerMem(ArrayNode rows, DemoResult result) {
        for (LayerScore layer : result.layerMem().getLayersList()) {
            for (SubsetScore subset : layer.getSubsetsList()) {
                ObjectNode row = rows.addObject();
                row.put("layer", layer.getLayer());
                row.put("point", layer.getPoint());
                row.put("depth", layer.getDepth());
                row.put("subset", subset.getSubset());
                row.put("mean", subset.getMean());
                row.put("ci_low", subset.getCiLow());
                row.put("ci_high", subset.getCiHigh());
                row.put("images", subset.getImages());
                boolean candidates = subset.getSubset().equals("candidate");
                row.put("delta", candidates && layer.hasDeltaConv() ? (Double) layer.getDeltaConv() : null);
                row.put("delta_module", candidates && layer.hasDeltaModule() ? (Double) layer.getDeltaModule() : null);
            }
        }
    }

    private static void tests(ArrayNode rows, DemoResult result) {
        for (SubsetTest test : result.layerMem().getSslmemTestsList()) {
            ObjectNode row = rows.addObject();
            row.put("subset", test.getSubset());
            row.put("against", test.getAgainst());
            row.put("alternative", test.getAlternative());
            row.put("difference", test.getDifference());
            row.put("t", test.getT());
            row.put("p", test.getP());
            row.put("welch_p", test.getWelchP());
            row.put("effect", test.getEffect());
        }
    }

    private static void unitMem(ArrayNode rows, DemoResult result) {
        for (UnitLayerSummary layer : result.unitMem().getLayersList()) {
            ObjectNode row = rows.addObject();
            row.put("layer", layer.getLayer());
            row.put("point", layer.getPoint());
            row.put("units", layer.getUnits());
            row.put("mean", layer.getMean());
            row.put("max", layer.getMax());
            row.put("null_mean", layer.getNullMean());
            row.put("null_max", layer.getNullMax());
            row.put("dead", layer.getDead());
        }
    }

    private static void probe(ObjectNode node, ProbeResult probe) {
        node.put("k", probe.getK());
        node.put("train_images", probe.getTrainImages());
        node.put("test_images", probe.getTestImages());
        for (ProbeResult.Accuracy accuracy : probe.getAccuraciesList()) {
            ObjectNode encoder = node.putObject(accuracy.getEncoder());
            encoder.put("linear", accuracy.getLinear());
            encoder.put("linear_train", accuracy.getLinearTrain());
            encoder.put("knn", accuracy.getKnn());
        }
    }

    private static void dejaVu(ArrayNode rows, DemoResult result) {
        for (CropResult crop : result.dejaVu().getCropsList()) {
            ObjectNode row = rows.addObject();
            row.put("crop", CropLabel.of(crop.getCrop()));
            row.put("k", result.dejaVu().getK());
            row.put("cut", crop.getCut());
            row.put("chance", result.dejaVu().getChance());
            row.put("majority", result.dejaVu().getMajority());
            row.put("target", crop.getTarget().getValue());
            row.put("reference", crop.getReference().getValue());
            row.put("reference_ci_low", crop.getReference().getCiLow());
            row.put("reference_ci_high", crop.getReference().getCiHigh());
            row.put("score", crop.getScore().getValue());
            row.put("ci_low", crop.getScore().getCiLow());
            row.put("ci_high", crop.getScore().getCiHigh());
            share(row, "memorized", crop.getMemorized());
            share(row, "correlated", crop.getCorrelated());
            share(row, "misrepresented", crop.getMisrepresented());
            share(row, "unassociated", crop.getUnassociated());
            ArrayNode curve = row.putArray("curve");
            for (CurvePoint point : crop.getCurveList()) {
                ObjectNode at = curve.addObject();
                at.put("share", point.getShare());
                at.put("target", point.getTarget());
                at.put("reference", point.getReference());
                at.put("reference_common", point.getReferenceCommon());
            }
        }
    }

    private static void share(ObjectNode row, String name, Interval interval) {
        row.put(name, interval.getValue());
        row.put(name + "_ci_low", interval.getCiLow());
        row.put(name + "_ci_high", interval.getCiHigh());
    }
}
